import type { Test } from 'tap';
import { consolidate } from '../../../central/treat/consolidate.ts';
import { query } from '../../support/bases.ts';
import { national } from '../settled.ts';
import type { Nation } from './nation.ts';

/** Persons that another version of the program has made are made anew, once. */
export async function anotherVersion(t: Test, { base }: Nation): Promise<void> {
  const change = (sql: string) => base.transaction((tx) => tx.query(sql));
  const marked = `fonte = '' AND visao = 'pessoa'`;
  await consolidate(base, {});
  const { pessoa: asMade } = await national(base);
  t.ok((asMade?.length ?? 0) > 1);
  await change(`UPDATE nacional.pessoa SET nome = 'OTHERWISE', registros = 9`);

  t.equal(await consolidate(base, {}), 0, 'what this version has made is not looked at again');
  t.strictSame(await query(base, 'SELECT DISTINCT nome FROM nacional.pessoa'), [{ nome: 'OTHERWISE' }]);

  await change(`UPDATE nacional.marca SET versao = 'another' WHERE ${marked}`);
  const stop = new AbortController();
  const cut = consolidate(base, {
    first: 1,
    signal: stop.signal,
    onStep: () => stop.abort(new Error('cut')),
  });
  await t.rejects(cut, { message: 'cut' });
  t.notSame((await national(base)).pessoa, asMade);
  await consolidate(base, {});
  t.strictSame((await national(base)).pessoa, asMade, 'all are as they were, also if it was cut');
  t.equal(await consolidate(base, {}), 0, 'once');
  t.strictSame(await query(base, `SELECT FROM nacional.varredura WHERE assunto = 'pessoa'`), []);
}
