// Tier: quick. The made-up states of the demo, sixty people of each, on PostgreSQL.
import { isValidCpf, isValidProcessoJuridico } from '@brazilian-utils/brazilian-utils';
import t from 'tap';
import { type DirtKind, type DirtTally, dirtKinds } from '../../scripts/demo/dirt.ts';
import { cnjNumber, cpf } from '../../scripts/demo/documents.ts';
import { sampleTables } from '../../scripts/demo/sample-state.ts';
import { runs } from '../support/runs.ts';
import { findings } from './made-up/findings.ts';

const options = { custodiados: 120, seed: 5, now: new Date('2026-11-01T12:00:00Z') } as const;

void t.test('people without errors break no rule: what the tables tell of them agrees', async (t) => {
  const { found } = await findings(t, ['AL', 'RO', 'MS'], runs(60, 240), 0);
  // But for those whom two states know, where both hold them.
  t.strictSame(
    [...found].filter(([rule]) => rule !== 'C07a custodiado'),
    [],
  );
});

void t.test('the same seed makes the same rows, in whatever order tables are read', (t) => {
  const read = (seed: number, isBackwards = false) => {
    const tables = sampleTables({ ...options, seed, uf: 'AL' });
    const read = (isBackwards ? tables.toReversed() : tables).map(
      ({ name, rows }) => [name, [...rows]] as const,
    );
    return JSON.stringify(isBackwards ? read.toReversed() : read);
  };
  t.ok(read(5) === read(5, true));
  t.not(read(5), read(6), 'another seed makes others');
  t.end();
});

void t.test('each kind of error is as frequent as it is said to be', (t) => {
  const tally: DirtTally = {};
  for (const { rows } of sampleTables({ ...options, custodiados: 3000, uf: 'AL', dirt: 1, tally })) {
    if (Array.from(rows).length === 0) t.fail('a table without rows');
  }
  for (const [name, { perMille }] of Object.entries<DirtKind>(dirtKinds)) {
    const { asked, made } = tally[name as keyof DirtTally] ?? { asked: 0, made: 0 };
    const mean = (asked * perMille) / 1000;
    t.ok(asked > 0, `${name} could be made`);
    t.ok(Math.abs(made - mean) <= 4 * Math.sqrt(mean) + 2, `${name}: ${made} made, ${mean} by its rate`);
  }
  t.end();
});

void t.test('one system writes dates and codes in its own way, another in another', (t) => {
  const births = (uf: 'AL' | 'MS') => {
    const table = sampleTables({ ...options, dirt: 0, uf }).find(({ name }) => name === 'custodiado');
    const at = table?.columns.findIndex(({ name }) => name === 'data_nascimento') ?? -1;
    return Array.from(table?.rows ?? [], (row) => String(row[at]));
  };
  t.ok(births('AL').every((birth) => /^\d\d\/\d\d\/\d{4}$/.test(birth)));
  t.ok(births('MS').every((birth) => /^\d{4}-\d\d-\d\d$/.test(birth)));
  t.end();
});

void t.test('documents hold by their check digits, and no two people have one', (t) => {
  const all = new Set<string>();
  for (const place of ['AL', 'RO', 'MS', 'national'] as const) {
    for (const role of ['custodiado', 'visitante', 'advogado'] as const) {
      for (let id = 1; id <= 200; id++) {
        const number = cpf(place, role, id * 4999);
        if (!isValidCpf(number)) t.fail(`${place} ${role} ${id}`);
        all.add(number);
      }
    }
  }
  t.equal(all.size, 4 * 3 * 200);
  for (let id = 1; id <= 500; id++) {
    const number = cnjNumber('AL', id * 1999, 2010 + (id % 16), id % 2 === 0);
    if (!isValidProcessoJuridico(number)) t.fail(number);
  }
  t.end();
});
