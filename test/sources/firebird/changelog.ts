import type { Test } from 'tap';
import type { ViewConfig } from '../../../shared/sources/view-config.ts';
import type { TestFirebird } from '../../support/firebird.ts';
import { firebirdHarness } from '../../support/firebird-harness.ts';
import { parted } from '../../support/read-answers.ts';
import { column, readCycle } from '../../support/read-cycle.ts';

/**
 * What a system like SIAPEN has: ids by unit, no instant of the last change, a log of what happened, whose keys are
 * texts filled up with blanks, texts in a character set that nobody declared, and a photo in the row.
 */
export async function changelog(t: Test, server: TestFirebird): Promise<void> {
  const harness = await firebirdHarness(t, server, { charset: 'WIN1252' });
  const { database } = harness;
  await harness.execute(`CREATE TABLE SIAP_PRESO (UNIDADE SMALLINT NOT NULL, MATRICULA INTEGER NOT NULL,
    NOME VARCHAR(60) CHARACTER SET NONE, SITUACAO CHAR(1) CHARACTER SET NONE, FOTO BLOB SUB_TYPE 0,
    PRIMARY KEY (UNIDADE, MATRICULA))`);
  await harness.execute(`CREATE TABLE SIAP_LOG (TABELA CHAR(31) CHARACTER SET NONE, CHAVE1 CHAR(10) CHARACTER SET NONE,
    CHAVE2 CHAR(12) CHARACTER SET NONE, TIPO CHAR(1) CHARACTER SET NONE, INSTANTE TIMESTAMP)`);
  await harness.execute('CREATE INDEX SIAP_LOG_I ON SIAP_LOG (INSTANTE, CHAVE1, CHAVE2)');
  await harness.execute(`CREATE VIEW GUARITA_CUSTODIADO AS SELECT UNIDADE, MATRICULA, NOME, SITUACAO FROM SIAP_PRESO
    WHERE SITUACAO <> 'X'`);
  await harness.execute(
    'CREATE VIEW GUARITA_LOG AS SELECT TABELA, CHAVE1, CHAVE2, TIPO, INSTANTE FROM SIAP_LOG',
  );
  const preso = (unit: number, id: number, name = `Fulano ${id}`, state = 'R') => [
    ...[unit, id, `_NONE x'${Buffer.from(name, 'latin1').toString('hex')}'`, `'${state}'`, `x'ffd8ffe0'`],
  ];
  await harness.insertRows?.(
    'SIAP_PRESO',
    Array.from({ length: 40 }, (_, n) => preso(1 + (n % 2), 1 + (n >> 1))),
  );
  const log = (rows: readonly (readonly [unit: string, id: string, type: string, table?: string])[]) =>
    harness.insertRows?.(
      'SIAP_LOG',
      rows.map(([unit, id, type, table = 'SIAP_PRESO']) => [
        ...[`'${table}'`, `'${unit}'`, `'${id}'`, `'${type}'`, harness.fromNow(-10)],
      ]),
    );
  const view: ViewConfig = {
    name: 'custodiado',
    relation: 'GUARITA_CUSTODIADO',
    key: ['UNIDADE', 'MATRICULA'],
    changelog: {
      relation: 'GUARITA_LOG',
      watermark: 'INSTANTE',
      key: ['CHAVE1', 'CHAVE2'],
      table: { column: 'TABELA', values: ['SIAP_PRESO'] },
      operation: { column: 'TIPO', values: ['I', 'A', 'E'] },
    },
  };
  const open = (rows = 100_000) =>
    harness.open(t, { views: [view], rows, settleSeconds: 0, overlapSeconds: 0 });
  const source = await open();
  const first = await readCycle(source, 'custodiado', { limit: 7 });
  t.equal(first.rows.length, 40, 'M2: the whole view first');

  await database.execute(`DELETE FROM SIAP_PRESO WHERE UNIDADE = 1 AND MATRICULA = 3`);
  await database.execute(`UPDATE SIAP_PRESO SET NOME = _NONE x'${Buffer.from('João Conceição', 'latin1').toString('hex')}'
    WHERE UNIDADE = 2 AND MATRICULA = 5`);
  await database.execute(`UPDATE SIAP_PRESO SET SITUACAO = 'X' WHERE UNIDADE = 2 AND MATRICULA = 6`);
  await harness.insertRows?.('SIAP_PRESO', [preso(3, 1, 'Nova')]);
  await log([
    ['1', '3', 'E'],
    ['2', '5', 'A'],
    ['002', '0000006', 'A'],
    ['3', '1', 'I'],
    ['1', '4', 'C'],
    ['1', '5', 'A', 'SIAP_VISITA'],
    ['1', 'não é número', 'A'],
  ]);
  for (const limit of [1, 3, 100]) {
    const { rows } = await readCycle(source, 'custodiado', { after: first.next, limit });
    const { there, gone } = parted(rows);
    t.same(
      new Set(there.map(({ fields }) => fields.slice(0, 3).join('/'))),
      new Set(['2/5/João Conceição', '3/1/Nova']),
      `what was changed, as it is now, by ${limit}`,
    );
    const named = new Set(gone.map(({ fields }) => fields.slice(0, 2).join('/')));
    t.ok(named.has('1/3'), 'a row that is gone, by the key that the view had');
    t.ok(named.has('2/6'), 'one that the view no longer shows, though the log writes its key with zeros');
    t.equal(named.size, 3, 'and a key that is none stops nothing');
  }
  t.equal(new Set(column(first.rows, 2)).size > 1, true);

  await t.test(
    'a log with numbers is read backwards as well, for which an index has to descend',
    async (t) => {
      await harness.execute(
        'CREATE TABLE CONTADO (SEQ INTEGER NOT NULL PRIMARY KEY, C1 SMALLINT, C2 INTEGER)',
      );
      await harness.execute('INSERT INTO CONTADO VALUES (1, 1, 1)');
      const counted = { ...view, changelog: { relation: 'CONTADO', watermark: 'SEQ', key: ['C1', 'C2'] } };
      const served = async () => {
        const engine = harness.openEngine({ views: [counted] });
        const { log } = await engine.examine('custodiado');
        await engine.close();
        return log?.plans.map(({ isServed }) => isServed);
      };
      t.same(await served(), [true, false]);
      await harness.execute('CREATE DESCENDING INDEX CONTADO_DESCE ON CONTADO (SEQ)');
      t.same(await served(), [true, true]);
    },
  );
}
