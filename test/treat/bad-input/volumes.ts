import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import { exportedFindings } from '../../../central/base/national-layer/list-findings.ts';
import { mostSharing } from '../../../central/base/national-layer/shared-registers.ts';
import { quarantinedRows } from '../../../central/base/source-layer/quarantine.ts';
import { mostRowsOfView } from '../../../central/treat/check/dossiers.ts';
import { query } from '../../support/bases.ts';
import { PlannedBase } from '../../support/planned-base.ts';
import { given, treated } from './given.ts';

const numbered = (many: number, row: (at: number) => string[]) =>
  Array.from({ length: many }, (_, at) => row(at));

async function found(base: Base, source: string, rule: string): Promise<number> {
  const [row] = await query<{ found: number }>(
    base,
    'SELECT count(*)::int AS found FROM nacional.achado WHERE fonte = $1 AND regra = $2 AND resolvido IS NULL',
    [source, rule],
  );
  return row?.found ?? -1;
}

async function howMany(all: AsyncIterable<object>): Promise<number> {
  let many = 0;
  for await (const each of all) many += Number(Boolean(each));
  return many;
}

/** What is exported is read page by page in one pass, also of tables that were never analysed. */
export async function exportedInOnePass(t: Test, base: Base, source: string): Promise<void> {
  const people = numbered(401, (at) => [`${at}`, '1']);
  const loader = await given(base, source, 'custodiado', ['id', 'nome'], people);
  await loader.load(numbered(150, (at) => [' ', `${at}`]));
  await treated(base, source);
  const planned = new PlannedBase(base, /LIMIT/);
  t.ok((await howMany(exportedFindings(planned, source, () => 'nome'))) > 400);
  t.equal(await howMany(quarantinedRows(planned, source)), 150);
  t.ok(planned.plans.length > 5, 'in pages');
  for (const plan of new Set(planned.plans)) t.notMatch(plan, 'Sort', 'each begins where the last one ended');
}

/** A person with very many rows is looked at as any other; so is one who is not there. */
export async function longDossiers(t: Test, base: Base, source: string): Promise<void> {
  await given(base, source, 'custodiado', ['id', 'nome'], [['1', 'Ana Souza']]);
  const moves = numbered(10_000, (at) => [
    `${at}`,
    '1',
    'Transferência',
    `2026-01-01 ${10 + (at % 10)}:00`,
    `${at}`,
  ]);
  const columns = ['id', 'custodiado_id', 'tipo', 'instante', 'unidade_destino_id'];
  await given(base, source, 'movimentacao', columns, moves);
  const visits = numbered(20_000, (at) => [`${at}`, '1', 'nobody', '2026-01-01 10:00']);
  await given(base, source, 'visita', ['id', 'custodiado_id', 'visitante_id', 'instante'], visits);
  const sentences = numbered(mostRowsOfView, (at) => [`${at}`, 'nobody']);
  await given(base, source, 'pena', ['id', 'custodiado_id'], sentences);
  const result = await treated(base, source);
  t.equal(result.problem, null);
  t.equal(await found(base, source, 'T07'), mostRowsOfView, 'each sentence of nobody');
  t.strictSame(
    result.judged?.outcomes.filter(({ outcome }) => outcome === 'failed'),
    [],
  );
}

/** More rows than a person has: its rules fail of that key, and of no other. */
export async function endlessDossier(t: Test, base: Base, source: string): Promise<void> {
  await given(base, source, 'custodiado', ['id', 'nome'], [['1', 'Ana Souza']]);
  const moves = numbered(mostRowsOfView + 1, (at) => [`${at}`, 'nobody']);
  const loader = await given(base, source, 'pena', ['id', 'custodiado_id'], [['x', 'somebody'], ...moves]);
  const result = await treated(base, source);
  t.equal(result.problem, null);
  t.equal(await found(base, source, 'T07'), 1, 'the others are looked at');
  const outcome = result.judged?.outcomes.find(({ rule, view }) => rule === 'T07' && view === 'pena');
  t.strictSame(outcome, { rule: 'T07', view: 'pena', outcome: 'found', found: 1, failed: 1 });
  await loader.lookup([], [['0', null]]);
  const mended = await treated(base, source);
  t.equal(await found(base, source, 'T07'), mostRowsOfView + 1, 'with fewer it is looked at again');
  t.strictSame(
    mended.judged?.outcomes.filter(({ outcome, failed }) => outcome === 'failed' || failed > 0),
    [],
  );
}

/** A document of more people than one could be compared with: its rules fail of it, and of no other; so for nobody else. */
export async function everybodysDocument(t: Test, base: Base, source: string): Promise<void> {
  const [all, two] = ['529.982.247-25', '168.995.350-09'];
  const people = numbered(mostSharing + 1, (at) => [`${at}`, 'Ana Souza', all]);
  const pair = numbered(2, (at) => [`x${at}`, at === 0 ? 'Ana Souza' : 'Rui Costa', two]);
  await given(base, source, 'custodiado', ['id', 'nome', 'cpf'], [...people, ...pair]);
  await given(base, 'ES', 'custodiado', ['id', 'nome', 'cpf'], [['1', 'Ana Souza', two]]);
  const result = await treated(base, source);
  t.equal(result.problem, null);
  t.equal(await found(base, source, 'P13'), 2, 'the others are looked at');
  const outcome = result.judged?.outcomes.find(({ rule }) => rule === 'P13');
  t.strictSame(outcome, { rule: 'P13', view: 'custodiado', outcome: 'found', found: 2, failed: 1 });
  const other = (await treated(base, 'ES')).judged?.outcomes.find(({ rule }) => rule === 'P13');
  t.match(other, { found: 1, failed: 0 }, 'who does not have it is told of no failure');
}
