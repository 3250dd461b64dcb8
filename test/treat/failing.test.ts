// Tier: quick. A view, a check, the nation's check or a rule that fails: of what else there is nothing is missed, and no value is told, on PostgreSQL.
import { pino } from 'pino';
import t, { type Test } from 'tap';
import type { Base } from '../../central/base/base.ts';
import { enqueueMended } from '../../central/base/national-layer/failures.ts';
import { ensureChangeIndex } from '../../central/base/source-layer/change-index.ts';
import { treatSource } from '../../central/service/treat-source.ts';
import { rules } from '../../central/treat/rules/all.ts';
import type { RowRule, Rule } from '../../central/treat/rules/rule.ts';
import { type TreatedSource, treat } from '../../central/treat/treat.ts';
import type { Trouble } from '../../central/treat/trouble.ts';
import { describeError } from '../../shared/describe-error.ts';
import { loggerOptions } from '../../shared/log.ts';
import { query, tierBases } from '../support/bases.ts';
import { Loader } from '../support/loader.ts';
import { runs } from '../support/runs.ts';
import { given, today, treated as treatedOf } from './bad-input/given.ts';
import { refuse } from './refuse.ts';
import { BesideBase } from './small-state/beside.ts';

const secret = 'SEGREDO-4711';
const cpf = '529.982.247-25';
const custodyColumns = ['id', 'custodiado_id', 'entrada', 'saida', 'regime'];
t.setTimeout(300_000);
const { shared: base } = await tierBases(t);

const people: Partial<Record<string, Loader>> = {};
for (const source of ['AL', 'SE']) {
  const rows = [1, 2].map((at) => [`${secret} ${at}`, at === 1 ? 'Ana Souza' : 'Rui Costa', cpf]);
  people[source] = await given(base, source, 'custodiado', ['id', 'nome', 'cpf'], rows);
  await given(base, source, 'unidade', ['id', 'nome', 'vagas_fechado'], [['1', 'A', '-1']]);
  const custody = [secret, `${secret} 1`, '2026-02-02', '2026-01-01', secret];
  await given(base, source, 'custodia', custodyColumns, [custody]);
}

const troubles: Trouble[] = [];

async function treated(t: Test, asked: readonly Rule[] = rules, full = true) {
  const onTrouble = (trouble: Trouble) => void troubles.push(trouble);
  const results = await treat(base, { rules: asked, today, full, onTrouble });
  t.notMatch(JSON.stringify(results), secret, 'no value is told');
  const by = new Map(results.map((result) => [result.source, result]));
  const of = (source: string): TreatedSource => by.get(source) ?? (t.fail() as never);
  return { AL: of('AL'), SE: of('SE') };
}

const outcomeOf = ({ judged }: TreatedSource, code: string, view: string) =>
  judged?.outcomes.find((each) => each.rule === code && each.view === view)?.outcome;

async function openOf(on: Base, rule: string, source: string): Promise<number> {
  const rows = await query(
    on,
    'SELECT id FROM nacional.achado WHERE regra = $1 AND fonte = $2 AND resolvido IS NULL',
    [rule, source],
  );
  return rows.length;
}

await t.test('a view that cannot be written', async (t) => {
  await refuse(t, base, 'nacional.custodia', `NEW.fonte = 'AL'`);
  const { AL, SE } = await treated(t);
  t.strictSame(
    AL.typed.map(({ view, outcome, problem }) => [view, outcome, problem]),
    [
      ['unidade', 'typed', null],
      ['custodiado', 'typed', null],
      ['custodia', 'failed', 'base-failed'],
    ],
  );
  t.match(
    troubles,
    [{ source: 'AL', part: 'custodia', rule: null, error: { code: 'base-failed' } }],
    'told once',
  );
  t.equal(AL.problem, null, 'the rest of the source goes on');
  t.equal(outcomeOf(AL, 'C03', 'custodia'), 'failed', 'what was not looked at has not passed');
  t.equal(await openOf(base, 'C03', 'AL'), 0, 'and nothing is opened of it');
  t.equal(outcomeOf(AL, 'U02', 'unidade'), 'found');
  t.equal(outcomeOf(SE, 'C03', 'custodia'), 'found', 'the other state is as it was');
});

await t.test('what fails is logged once, with its place, and without a value', async (t) => {
  await refuse(t, base, 'nacional.custodia', `NEW.fonte = 'AL'`);
  const lines: string[] = [];
  const log = pino(loggerOptions('info'), { write: (line: string) => void lines.push(line) });
  const controls = { stop: new AbortController().signal, onProgress: () => {} };
  const of = { base, clock: { now: () => Date.parse(today) }, log };
  t.match(await treatSource('AL', 'treat', of, controls), { outcome: 'failed' });
  const parts = lines.filter((line) => line.includes('a part could not be treated'));
  t.equal(parts.length, 1);
  t.match(JSON.parse(parts[0] ?? '{}'), {
    ...{ level: 50, source: 'AL', part: 'custodia' },
    err: { code: 'base-failed', cause: { code: 'P0001' } },
  });
  t.notMatch(lines.join(''), secret);
});

await t.test('and can again', async (t) => {
  const { AL } = await treated(t, rules, false);
  t.ok(AL.typed.every(({ outcome }) => outcome === 'typed'));
  t.equal(outcomeOf(AL, 'C03', 'custodia'), 'found');
});

await t.test('a view that fails again keeps what was found of it, and nothing is opened', async (t) => {
  const later = await given(base, 'AL', 'custodia', custodyColumns, [
    ['later', `${secret} 2`, '2026-03-02', '2026-01-01', secret],
  ]);
  await t.test('while it fails', async (t) => {
    await refuse(t, base, 'nacional.custodia', `NEW.fonte = 'AL'`);
    for (const full of [false, true]) {
      const { AL } = await treated(t, rules, full);
      t.equal(outcomeOf(AL, 'C03', 'custodia'), 'failed');
      t.equal(await openOf(base, 'C03', 'AL'), 1, 'neither opened nor resolved');
    }
  });
  await treated(t, rules, false);
  t.equal(await openOf(base, 'C03', 'AL'), 2);
  await later.lookup([], [['later', ...custodyColumns.slice(1).map(() => null)]]);
  await treated(t, rules, false);
  t.equal(await openOf(base, 'C03', 'AL'), 1, 'who has gone is no finding');
});

await t.test(
  'a view that was not read to its end: who refers to it is not told to lead nowhere',
  async (t) => {
    const people = await Loader.on(base, 'PE', ['id', 'nome'], { name: 'custodiado', key: ['id'] });
    await given(base, 'PE', 'custodia', custodyColumns, [['1', '7', '2026-02-02', '2026-01-01', '']]);
    const before = await treatedOf(base, 'PE');
    const typed = before.typed.map(({ view, outcome }) => [view, outcome]);
    t.strictSame(typed, [
      ['custodiado', 'not-ready'],
      ['custodia', 'typed'],
    ]);
    t.equal(outcomeOf(before, 'C01', 'custodia'), 'failed');
    t.equal(await openOf(base, 'C01', 'PE'), 0, 'whom it names may be on a page to come');
    t.equal(await openOf(base, 'C03', 'PE'), 1, 'what is wrong in itself is found');
    await ensureChangeIndex(base, people.target);
    t.equal(outcomeOf(await treatedOf(base, 'PE'), 'C01', 'custodia'), 'found');
    t.equal(await openOf(base, 'C01', 'PE'), 1, 'now it is there to its end');
  },
);

await t.test('a check that cannot be written', async (t) => {
  await refuse(t, base, 'nacional.achado', `NEW.fonte = 'AL' AND NEW.assunto = 'unidade'`);
  await query(base, 'DELETE FROM nacional.achado');
  const { AL, SE } = await treated(t);
  t.equal(AL.problem, 'base-failed');
  t.equal(SE.problem, null);
  t.equal(await openOf(base, 'C03', 'AL'), 1, 'the other subjects of the source are checked');
  t.equal(outcomeOf(SE, 'U02', 'unidade'), 'found');
});

await t.test('a check of the nation that cannot be written', async (t) => {
  await refuse(t, base, 'nacional.achado', `NEW.fonte_assunto = ''`);
  await query(base, 'DELETE FROM nacional.achado');
  const { AL, SE } = await treated(t);
  for (const each of [AL, SE]) {
    t.equal(each.problem, 'base-failed', 'each source is told');
    t.equal(outcomeOf(each, 'U02', 'unidade'), 'found', 'and judged');
  }
  const [row] = await query(base, 'SELECT count(*)::int AS people FROM nacional.pessoa');
  t.strictSame(row, { people: 2 }, 'persons are made, who are the same in both');
});

const about = { severity: 'low', needs: [], wrong: 'W.', todo: 'T.' } as const;
const rule = (find: RowRule<'custodiado'>['find']): RowRule<'custodiado'> => ({
  ...{ code: 'Z99', scope: 'row', view: 'custodiado', ...about },
  find,
});
const judgedOf = ({ judged }: TreatedSource) => judged?.outcomes.find((each) => each.rule === 'Z99');
const failing = rule((row) => {
  if (row.id.endsWith('1')) throw new TypeError(`${secret} ${row.id}`);
  return [];
});
const failures = () =>
  query(base, `SELECT fonte, chave, erro FROM nacional.falha WHERE regra = 'Z99' ORDER BY 1`);

await t.test('a rule that fails of a row keeps what it had found, until it can look', async (t) => {
  await treated(t, [...rules, rule(() => [null])]);
  t.equal(await openOf(base, 'Z99', 'AL'), 2);
  troubles.length = 0;
  const { AL, SE } = await treated(t, [...rules, failing]);
  t.equal(AL.problem, null);
  t.match(
    judgedOf(AL),
    { outcome: 'found', found: 1, failed: 1 },
    'it failed at one key, and not at the other',
  );
  t.equal(await openOf(base, 'Z99', 'AL'), 1, 'of the row it could look at, it is resolved');
  t.equal(outcomeOf(SE, 'C03', 'custodia'), 'found', 'the other rules go on');

  const kept = await failures();
  t.match(kept, [
    { fonte: 'AL', chave: `${secret} 1`, erro: { name: 'TypeError', at: [/failing\.test/] } },
    {},
  ]);
  t.notMatch(JSON.stringify(kept.map((each) => (each as { erro: object }).erro)), secret);
  const told = troubles.map(({ source, part, rule: which }) => [source, part, which].join(' '));
  const each = ['AL', 'SE'].map((source) => `${source} custodiado Z99 custodiado`);
  t.strictSame(told.toSorted(), each, 'told once of each source, however often it fails');

  const mended = await treated(t, [...rules, rule(() => [])], false);
  t.match(
    judgedOf(mended.AL),
    { outcome: 'passed', found: 0, failed: 0 },
    'mended, it looks there again by itself',
  );
  t.equal(await openOf(base, 'Z99', 'AL'), 0);
  t.strictSame(await failures(), []);
});

await t.test('of a rule that failed at very many keys and is mended, all are swept', async (t) => {
  const waiting = async (keys: number) => {
    const [row] = await base.transaction(
      async (tx) => {
        await tx.query(
          `INSERT INTO nacional.falha (regra, visao, assunto, fonte, chave, versao)
           SELECT 'Z99', 'custodiado', 'custodiado', 'AM', at::text, 'before' FROM generate_series(1, $1::int) at
           ON CONFLICT DO NOTHING`,
          [keys],
        );
        await enqueueMended(tx, 'custodiado', 'AM', [{ code: 'Z99', view: 'custodiado', version: 'now' }]);
        const found = await tx.query(`SELECT
          (SELECT count(*)::int FROM nacional.fila WHERE fonte = 'AM') AS keys,
          (SELECT count(*)::int FROM nacional.varredura WHERE fonte = 'AM') AS sweeps`);
        await tx.execute(`DELETE FROM nacional.fila WHERE fonte = 'AM';
          DELETE FROM nacional.varredura WHERE fonte = 'AM'; DELETE FROM nacional.falha WHERE fonte = 'AM'`);
        return found;
      },
      { use: 'treating' },
    );
    return row;
  };
  t.strictSame(await waiting(20), { keys: 20, sweeps: 0 });
  t.strictSame(await waiting(100_000), { keys: 0, sweeps: 1 });
});

await t.test('what a rule failed at is no failure once it has gone', async (t) => {
  const before = await treated(t, [...rules, failing]);
  t.match(judgedOf(before.SE), { outcome: 'passed', failed: 1 });
  await people.SE?.lookup([], [[`${secret} 1`, null, null]]);
  const { AL, SE } = await treated(t, [...rules, failing], false);
  t.match(judgedOf(SE), { outcome: 'passed', failed: 0 });
  t.match(judgedOf(AL), { outcome: 'passed', failed: 1 }, 'the other is as it was');
});

await t.test('a rule that fails at every visit of a person fails once', async (t) => {
  const visits = Array.from({ length: 50 }, (_, at) => [`${at}`, `${secret} 1`, '2026-01-01 10:00']);
  await given(base, 'AL', 'visita', ['id', 'custodiado_id', 'instante'], visits);
  const broken = () => {
    throw new Error(secret);
  };
  troubles.length = 0;
  const every: Rule = { ...{ code: 'Z98', scope: 'visit', view: 'visita', ...about }, broken };
  const { AL } = await treated(t, [every]);
  t.match(
    AL.judged?.outcomes.filter((each) => each.rule === 'Z98'),
    [{ outcome: 'passed', failed: 1 }],
  );
  t.equal(troubles.length, 1);
});

await t.test('a part that fails by a fault of ours is told with its place', async (t) => {
  troubles.length = 0;
  const broken: Rule = {
    ...{ code: 'Z97', scope: 'view', view: 'custodiado', ...about },
    get find(): never {
      throw new TypeError(secret);
    },
  };
  const { AL } = await treated(t, [broken], false);
  t.not(AL.problem, null);
  const told = JSON.stringify(troubles.map(({ error }) => describeError(error)));
  t.match(told, /failing\.test\.ts/, 'where it arose');
  t.notMatch(told, secret);
});

await t.test('what is opened and resolved is told of the source whose rows it is in', async (t) => {
  const volume: Rule = {
    ...{ code: 'Z96', scope: 'view', view: 'custodiado', ...about },
    find: () => [null],
  };
  await query(base, 'DELETE FROM nacional.achado');
  const both = await treated(t, [...rules, volume]);
  t.ok((await openOf(base, 'P13', 'AL')) > 0, 'also what people share');
  t.ok((await openOf(base, 'Z96', 'SE')) > 0, 'and what is of a view');
  for (const source of ['AL', 'SE'] as const) {
    const open = await query(base, 'SELECT FROM nacional.achado WHERE fonte = $1 AND resolvido IS NULL', [
      source,
    ]);
    t.match(both[source].checked, { opened: open.length, resolved: 0 }, source);
  }
  await query(base, 'DELETE FROM nacional.achado');
  const [alone] = await treat(base, { rules, today, full: true, sources: ['AL'] });
  const elsewhere = await query(
    base,
    `SELECT FROM nacional.achado WHERE fonte <> 'AL' AND resolvido IS NULL`,
  );
  t.match(alone?.checked, { elsewhere: { opened: elsewhere.length, resolved: 0 } });
  t.ok(elsewhere.length > 0, 'who shares it is told of with the first that is treated');
});

await t.test(
  'stopped before any of its transactions, a treatment ends with that and does nothing more',
  async (t) => {
    const reason = new Error('stopped');
    let places = 0;
    // The quick tier stops before every third.
    for (let came = true; came; places += runs(3, 1)) {
      came = false;
      const stop = new AbortController();
      const at = places;
      const beside = new BesideBase(base, (transaction) => {
        if (transaction === at) stop.abort(reason);
        came ||= transaction === at;
        if (transaction > at) throw new Error('it goes on');
        return Promise.resolve();
      });
      const asked = { rules, today, sources: ['SE'], signal: stop.signal };
      const ended = await treat(beside, asked).then(
        () => null,
        (error: unknown) => error,
      );
      if (came) t.equal(ended, reason, `before transaction ${at}`);
    }
    t.ok(places > 10, `${places} places`);
  },
);
