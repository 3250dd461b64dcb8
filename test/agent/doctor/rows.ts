import type { Test } from 'tap';
import { readAgentConfig } from '../../../agent/config/read-config.ts';
import { checkOrder } from '../../../shared/doctor/source/check-rows.ts';
import { checkSteady } from '../../../shared/doctor/source/check-steady.ts';
import { gatherFacts } from '../../../shared/doctor/source/facts.ts';
import { readSample } from '../../../shared/doctor/source/sample.ts';
import { openConfigured } from '../../../shared/sources/open-engine.ts';
import type { ViewExamination } from '../../../shared/sources/reading/examine-view.ts';
import type { SqliteConfig } from '../../../shared/sources/source-config.ts';
import { SqliteSource } from '../../../shared/sources/sqlite/source.ts';
import { createSqlite } from '../../support/sqlite-views.ts';
import { checkOf, day, examine, people, person, sqliteScene, sqliteTypes, standardTable } from './scene.ts';

const table = standardTable('custodiado', sqliteTypes);
const index = 'CREATE INDEX por_marca ON custodiado (atualizado_em, id);';

const many = (rows: number) =>
  `INSERT INTO custodiado (id, nome, nome_mae, sexo, data_nascimento, atualizado_em)
     WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
     SELECT i, '${person}', '${person}', 'F', '1990-05-21', '${day(1)}' FROM n;`;

/** What is wrong with the rows of a view whose columns are as they should be. */
export async function rows(t: Test): Promise<void> {
  const examineRows = (sql: string) => examine(t, sqliteScene(t, table + sql).path);

  await t.test('a sample that was cut in its last line comes to an end', (t) => {
    const columns = [{ name: 'nome', type: 'text', nullable: true }];
    t.match(readSample(Buffer.from('1\t\\N\tANA\n2\t{1}\t\\xff'), columns), { rows: 2, undecodable: 1 });
    const found = (hex: string) => readSample(Buffer.from(`1\t{1}\t\\\\x${hex}\n`), columns);
    t.match(found('410042'), { undecodable: 0, columns: [], withNul: 1, nulColumns: ['nome'] });
    t.match(found('41000000420043004400'), { undecodable: 0, withNul: 1 }, 'in UTF-16');
    t.match(found('4100420000d84300'), { undecodable: 1, withNul: 0 }, 'in UTF-16, half a pair');
    t.match(found('41ff'), { undecodable: 1, columns: ['nome'], withNul: 0, nulColumns: [] });
    t.end();
  });

  await t.test('none', async (t) => {
    const examined = await examineRows('');
    t.strictSame([examined.code, examined.troubles], [0, []]);
    t.equal(checkOf(examined, 'rows', 'custodiado')?.message, '0 linhas');
  });

  await t.test('keys that are repeated, and keys that are null', async (t) => {
    const ids = [1, 1, 1, 2, 2, 3, null];
    const examined = await examineRows(people(ids.map((id) => [id, day(1)])));
    t.equal(examined.code, 2);
    t.strictSame(examined.troubles, ['keys custodiado critical', 'keys custodiado critical']);
    t.match(
      examined.report.checks.filter(({ check }) => check === 'keys'),
      [
        { message: '2 chaves (id) estão em mais de uma linha.', next: /^Corrija a visão \(junções/ },
        { message: '1 linhas têm chave (id) nula.', next: /não entram na base nacional\.$/ },
      ],
    );
  });

  await t.test(
    'keys that are one to the database, and written otherwise, are no fault of a join',
    async (t) => {
      const collated = standardTable('custodiado', sqliteTypes, { id: 'TEXT COLLATE NOCASE' });
      const keys = ['mat-7', 'MAT-7', 'mat-8'];
      const script =
        collated +
        people(keys.map((_, index) => [index, day(1)])) +
        keys.map((id, index) => `UPDATE custodiado SET id = '${id}' WHERE id = '${index}';`).join('');
      const alike = await examine(t, sqliteScene(t, script).path);
      t.match(checkOf(alike, 'keys', 'custodiado'), {
        health: 'warning',
        message: '1 chaves (id) são iguais a outras para o banco, mas escritas de outro modo.',
        next: /Nada se perde/,
      });
      const repeated = `${script}UPDATE custodiado SET id = 'mat-7' WHERE id = 'mat-8';`;
      const both = await examine(t, sqliteScene(t, repeated).path);
      t.match(checkOf(both, 'keys', 'custodiado'), { health: 'critical', next: /junções/ });
    },
  );

  await t.test('a log that says what changed: what such a log leaves out', async (t) => {
    const changelog = { relation: 'registro', watermark: 'seq', key: ['chave'] };
    const views = [{ name: 'custodiado', key: ['id'], changelog }];
    const script = `${table} CREATE TABLE registro (seq INTEGER, chave INTEGER);`;
    const examined = await examine(t, sqliteScene(t, script, { views }).path);
    t.match(checkOf(examined, 'log', 'custodiado'), { health: 'ok', message: /conferência completa/ });
    const other = await examineRows('');
    t.equal(checkOf(other, 'log', 'custodiado'), undefined);
    const without = standardTable('custodiado', sqliteTypes).replace(/, atualizado_em \w+/, '');
    const filled = `${without} CREATE TABLE registro (seq INTEGER, chave INTEGER);
      INSERT INTO registro WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5001)
        SELECT i, i FROM n;`;
    const unserved = await examine(t, sqliteScene(t, filled, { views }).path);
    t.strictSame(unserved.troubles, ['log custodiado warning'], 'what a watermark is for is not asked for');
    t.match(checkOf(unserved, 'log', 'custodiado'), {
      message: /^Nenhum índice serve o log por "seq".*mais de 5\.000 registros/,
      next: /--part log/,
    });
    const served = await examine(
      t,
      sqliteScene(t, `${filled} CREATE INDEX i ON registro (seq);`, { views }).path,
    );
    t.strictSame(served.troubles, []);
    t.match(checkOf(served, 'log', 'custodiado')?.message, /^índice serve o log; /);
  });

  await t.test('watermarks that are null', async (t) => {
    const examined = await examineRows(
      people([
        [1, null],
        [2, null],
        [3, day(1)],
      ]),
    );
    t.strictSame([examined.code, examined.troubles], [1, ['watermarks custodiado warning']]);
    t.match(checkOf(examined, 'watermarks', 'custodiado'), {
      message: '2 linhas têm "atualizado_em" nula.',
      next: /COALESCE/,
    });
  });

  await t.test('text that cannot be read', async (t) => {
    const broken = `UPDATE custodiado SET nome = CAST(X'466C6176E761' AS TEXT), rg = CAST(X'FF00' AS TEXT) WHERE id = 2;`;
    const examined = await examineRows(people([1, 2, 3].map((id) => [id, day(id)])) + broken);
    t.strictSame([examined.code, examined.troubles], [1, ['text custodiado warning']]);
    t.match(checkOf(examined, 'text', 'custodiado'), {
      message: '1 de 3 linhas têm texto ilegível em: nome, rg.',
      next: /^Nada se perde: .*conjunto de caracteres declarado\.$/,
    });
    t.notMatch(examined.text, /466c6176|Flav/i, 'no bytes of it');
  });

  await t.test('a row that is too large to travel', async (t) => {
    const large = `UPDATE custodiado SET alcunhas = replace(printf('%.*c', 70000000, 'x'), 'x', 'x') WHERE id = 2;`;
    const examined = await examineRows(people([1, 2, 3].map((id) => [id, day(id)])) + large);
    t.strictSame([examined.code, examined.troubles], [1, ['text custodiado warning']]);
    t.match(checkOf(examined, 'text', 'custodiado'), {
      message: '1 de 3 linhas são grandes demais para seguir.',
      next: /a linha leva só a referência\.$/,
    });
  });

  await t.test('columns that change by being read', async (t) => {
    const seen = `ALTER TABLE custodiado RENAME TO pessoa; CREATE VIEW custodiado AS SELECT *,
      datetime('now') AS consultado_em, abs(random()) AS sorteio, nome || sexo AS texto FROM pessoa;`;
    const { path } = sqliteScene(t, table + people([1, 2, 3].map((id) => [id, day(id)])) + seen);
    const examined = await examine(t, path, { waits: true });
    t.strictSame([examined.code, examined.troubles], [1, ['steady custodiado warning']]);
    t.match(checkOf(examined, 'steady', 'custodiado'), {
      message: 'Mudam a cada leitura, sem que nada mude no banco: consultado_em, sorteio.',
      next: /now\(\)/,
    });
  });

  await t.test('a watermark that is the time of reading, which no cycle comes to', async (t) => {
    const seen = `ALTER TABLE custodiado RENAME COLUMN atualizado_em TO antes;
      ALTER TABLE custodiado RENAME TO pessoa; CREATE VIEW custodiado AS SELECT *,
      strftime('%Y-%m-%d %H:%M:%f', 'now') AS atualizado_em FROM pessoa;`;
    const { path } = sqliteScene(t, table + people([[1, day(1)]]) + seen);
    const examined = await examine(t, path, { waits: true });
    t.match(checkOf(examined, 'steady', 'custodiado')?.message, /: atualizado_em\.$/);
  });

  await t.test('a key that is another with each reading', async (t) => {
    const seen = `ALTER TABLE custodiado RENAME COLUMN id TO numero;
      ALTER TABLE custodiado RENAME TO pessoa; CREATE VIEW custodiado AS SELECT *, abs(random()) AS id FROM pessoa;`;
    const { path } = sqliteScene(
      t,
      table +
        people([
          [1, day(1)],
          [2, day(2)],
        ]) +
        seen,
    );
    t.match(checkOf(await examine(t, path), 'steady', 'custodiado')?.message, /: id\.$/);
  });

  await t.test('a row that the state changes meanwhile is no such column', async (t) => {
    const { path, file } = sqliteScene(t, table + many(20));
    const change = (id: number) => () => {
      createSqlite(file, `UPDATE custodiado SET rg = 'outro' WHERE id = ${id};`);
      return Promise.resolve();
    };
    const config = readAgentConfig(path, {});
    const engine = await openConfigured(config, { environment: {} });
    const { signal } = new AbortController();
    const facts = await gatherFacts({
      ...{ config, engine, clock: Date.now, signal, onStep: () => undefined },
      pause: change(7),
    });
    await engine.close();
    t.match(facts.views[0]?.steadiness, { value: { rows: 20, changed: [{ column: 'rg', rows: 1 }] } });
    t.match(facts.views.flatMap(checkSteady), [{ health: 'ok' }]);
  });

  await t.test('an order that no index serves', async (t) => {
    const unserved = await examineRows(many(5001));
    t.strictSame([unserved.code, unserved.troubles], [1, ['order custodiado warning']]);
    t.match(checkOf(unserved, 'order', 'custodiado'), {
      message: /^Nenhum índice serve a leitura por \(atualizado_em, id\): /,
      next: /CREATE INDEX guarita_custodiado ON <tabela> \(atualizado_em, id\);/,
    });
    const small = await examineRows(many(5000));
    t.strictSame([small.code, small.troubles], [0, []]);
    t.equal(checkOf(small, 'order', 'custodiado')?.message, 'pequena, dispensa índice');
    const served = await examineRows(many(5001) + index);
    t.strictSame([served.code, served.troubles], [0, []]);
    t.match(
      checkOf(served, 'order', 'custodiado')?.message,
      'índice serve a leitura por (atualizado_em, id)',
    );
  });

  await t.test('an order of which the database hides the plan', async (t) => {
    const order = async (rows: number, hide: (plans: Plans) => Plans) => {
      const { path } = sqliteScene(t, table + many(rows));
      const config = readAgentConfig(path, {});
      const { views, pages } = config;
      const source = config.source as SqliteConfig;
      const engine = new Veiled({ source, views, pages, password: null }, hide);
      const { signal } = new AbortController();
      const [onStep, pause] = [() => undefined, () => Promise.resolve()];
      const facts = await gatherFacts({ config, engine, clock: Date.now, signal, onStep, pause });
      return facts.views.flatMap(checkOrder);
    };
    const hidden = (plans: Plans) => plans.map(({ text }) => ({ text, isServed: null }));
    t.match(await order(5001, hidden), [
      {
        health: 'ok',
        message:
          /não mostra a este usuário.* CREATE INDEX guarita_custodiado ON <tabela> \(atualizado_em, id\);/,
      },
    ]);
    t.match(await order(5000, hidden), [{ health: 'ok', message: 'pequena, dispensa índice' }]);
    const half = (plans: Plans) => [...plans.slice(0, 1), ...hidden(plans.slice(1))];
    t.match(await order(5001, half), [{ health: 'warning', message: /^Nenhum índice serve/ }]);
  });
}

type Plans = ViewExamination['plans'];

/** The engine, with plans as one shows them that hides some: MySQL and SQL Server do, by the rights of the user. */
class Veiled extends SqliteSource {
  readonly #veil: (plans: Plans) => Plans;

  constructor(options: ConstructorParameters<typeof SqliteSource>[0], veil: (plans: Plans) => Plans) {
    super(options);
    this.#veil = veil;
  }

  override async examine(...request: Parameters<SqliteSource['examine']>): Promise<ViewExamination> {
    const examination = await super.examine(...request);
    return { ...examination, plans: this.#veil(examination.plans) };
  }
}
