import { join } from 'node:path';
import type { Test } from 'tap';
import { sampleConfig, writeConfig } from '../../support/agent-process.ts';
import { agreeIn } from '../../support/agreement.ts';
import { type Config, requireExplained, serveHere, silent } from '../../support/refused-config.ts';
import { createSqlite, peopleSql, temporaryFolder } from '../../support/sqlite-views.ts';

/** The mode of a view: one that cannot be is refused as any other fault is. */
export async function modes(t: Test): Promise<void> {
  await t.test('M1 a mode that contradicts what else is declared of the view', async (t) => {
    const changelog = { relation: 'log', watermark: 'seq', key: ['id'] };
    const faults: [change: Config, said: RegExp][] = [
      [{ mode: 'watermark' }, /exige a coluna em "watermark"\. Modos que funcionam: snapshot\./],
      [{ mode: 'watermark', changelog }, /Modos que funcionam: snapshot; changelog\./],
      [{ mode: 'changelog' }, /exige o bloco "changelog"\. Modos que funcionam: snapshot\./],
      [{ mode: 'changelog', watermark: 'versao' }, /Modos que funcionam: watermark\./],
      [{ mode: 'snapshot', watermark: 'versao' }, /retire um dos dois/],
      [{ changelog: { ...changelog, key: ['a', 'b'] } }, /tem 2 coluna\(s\) e "key" tem 1/],
    ];
    for (const [change, said] of faults) {
      const folder = temporaryFolder(t);
      createSqlite(join(folder, 'estado.sqlite'), peopleSql(3));
      const views = [{ name: 'custodiado', key: ['id'], ...change }];
      const printed = await serveHere(writeConfig(folder, { ...sampleConfig(folder), ...silent, views }));
      requireExplained(t, printed, 'mode-unusable', 2);
      t.match(printed.text, said);
      t.match(printed.text, 'Visão "custodiado"');
    }
  });

  await t.test(
    'M1 a view that its mode cannot read ends the start, also beside others that can be',
    async (t) => {
      const folder = temporaryFolder(t);
      const file = join(folder, 'estado.sqlite');
      createSqlite(file, `${peopleSql(3)}; CREATE TABLE log (seq TEXT, id INTEGER)`);
      await agreeIn(join(folder, 'state'));
      const good = { name: 'custodiado', key: ['id'], watermark: 'versao' };
      const source = { engine: 'sqlite', file };
      const serve = (other: Config) =>
        serveHere(writeConfig(folder, { ...sampleConfig(folder), ...silent, source, views: [good, other] }));
      const bad = { name: 'pessoa', relation: 'custodiado', key: ['id'] };
      const cases: [change: Config, said: RegExp][] = [
        [{ watermark: 'nome' }, /Modos que funcionam: snapshot; changelog, com um log declarado\./],
        [
          { changelog: { relation: 'log', watermark: 'seq', key: ['id'] } },
          /Modos que funcionam: snapshot; watermark, com/,
        ],
      ];
      for (const [change, said] of cases) {
        const printed = await serve({ ...bad, ...change });
        requireExplained(t, printed, 'watermark-unusable', 1);
        t.match(printed.text, said);
      }
      const missing = await serve({ ...bad, relation: 'nenhuma' });
      t.equal(missing.code, 0, 'a view that is not there yet is only broken');
    },
  );
}
