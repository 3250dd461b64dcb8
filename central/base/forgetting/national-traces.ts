import type { Questions } from '../base.ts';
import { forgetLinks, linksOn } from '../decided-layer/forget-links.ts';
import { quoteName } from '../names.ts';
import { holdNational } from '../national-layer/beside-forgetting.ts';
import { natalId } from '../national-layer/natal-id.ts';
import { forgetPersons, forgetSubject } from '../national-layer/remove-typed.ts';
import { wordsOfItsOwn } from '../national-layer/search-index.ts';
import { keptUnder, linking } from '../national-layer/subject.ts';
import { typedViews } from '../national-layer/typed-views.ts';
import { namingOf } from '../source-layer/naming.ts';
import { type Counts, type Holder, type Person, sumOf } from './holder.ts';

/**
 * What treatment holds of the person beside what it made of rows, which goes with them: what was looked at through them,
 * what was found by that, what waits, and what people said of who they are.
 */
export const nationalTraces: Holder = {
  held: (base, person) => base.snapshot((questions) => countOf(questions, person)),

  async remove(base, person, note) {
    const { source, register } = person;
    const [key, ...more] = register.key;
    if (key === undefined || more.length > 0) return;
    await base.transaction(
      async (tx) => {
        await holdNational(tx);
        const gone = await tx.query(
          'DELETE FROM nacional.achado WHERE assunto = $1 AND fonte_assunto = $2 AND chave = $3 AND resolvido IS NULL RETURNING 1',
          [register.role, source, key],
        );
        await forgetSubject(tx, register.role, source, key, false);
        const natal = natalId(source, register.role, key);
        for (const subject of [...linking, 'busca'] as const) {
          await forgetSubject(tx, subject, keptUnder(subject, source), natal, false);
        }
        await forgetPersons(tx, [natal]);
        const said = await forgetLinks(tx, natal);
        const counts = sumOf({ 'nacional.achado': gone.length, 'decidido.vinculo': said });
        if (Object.keys(counts).length > 0) await note(tx, counts);
      },
      { use: 'treating' },
    );
  },
};

/** What is made of a register, `$1` its `natal_id`: the table, and which rows of it. */
const ofRegister = [
  ['nacional.chave', 't.registro = $1'],
  ['nacional.busca', 't.registro = $1'],
  ['nacional.par', 't.a = $1 OR t.b = $1'],
  ['nacional.evento_pessoa', 't.registro = $1 OR t.de = $1 OR t.para = $1'],
  ['nacional.pessoa', 't.id = (SELECT r.pessoa_id FROM nacional.registro r WHERE r.natal_id = $1)'],
] as const;

async function countOf(questions: Questions, { source, register }: Person): Promise<Counts> {
  const [key, ...more] = register.key;
  if (key === undefined || more.length > 0) return {};
  const count = async (table: string, which: string, parameters: readonly unknown[]) => {
    const sql = `SELECT count(*)::int AS rows FROM ${table} t WHERE ${which}`;
    const [found] = await questions.query<{ rows: number }>(sql, parameters);
    return { [table]: found?.rows ?? 0 };
  };
  const all: Counts[] = [];
  for (const { view, role, table, history } of typedViews) {
    const columns = view.columns.map(({ name }) => name);
    for (const [column = ''] of namingOf(view.name, view.key, columns).of(register.role)) {
      const own = `t.fonte = $1${role === null ? '' : ` AND t.papel = '${role}'`}`;
      const theirs = `${own} AND t.${quoteName(column)} = $2`;
      all.push(await count(table, theirs, [source, key]));
      const past = `${own} AND t.id IN (SELECT t.id FROM ${table} t WHERE ${theirs})`;
      all.push(await count(history, past, [source, key]));
    }
  }
  const natal = natalId(source, register.role, key);
  for (const [table, which] of ofRegister) all.push(await count(table, which, [natal]));
  all.push({ 'nacional.palavra': await wordsOfItsOwn(questions, natal) });
  const found = 't.fonte_assunto = $1 AND t.chave = $2 AND t.assunto = $3 AND t.resolvido IS NULL';
  all.push(await count('nacional.achado', found, [source, key, register.role]));
  all.push({ 'decidido.vinculo': await linksOn(questions, natal) });
  return sumOf(...all);
}
