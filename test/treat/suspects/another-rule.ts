import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import type { Suspects } from '../../../central/base/national-layer/suspects.ts';
import { formOf } from '../../../central/treat/check/rule-book.ts';
import { subjectOf } from '../../../central/treat/check/subject-of.ts';
import { rules } from '../../../central/treat/rules/all.ts';
import type { Rule, VisitRule } from '../../../central/treat/rules/rule.ts';
import { type TreatedSource, treat } from '../../../central/treat/treat.ts';
import { query } from '../../support/bases.ts';
import type { Loader } from '../../support/loader.ts';
import { given, today } from '../bad-input/given.ts';
import { refuse } from '../refuse.ts';
import { BesideBase } from '../small-state/beside.ts';

const source = 'RO';
const people = Array.from({ length: 40 }, (_, at) => String(at + 10));
/** By whom, the day of a visit that was on none of their custody. */
const outside: Readonly<Record<string, string>> = { 17: '2026-02-12', 19: '2026-03-01' };

const v01 = rules.find(({ code }) => code === 'V01') as VisitRule;

const { suspects: own = null, ...withoutSuspects } = v01;

/** V01 as another version of it: of visits since some day, and with other suspects. */
function other(version: number, since: string, suspects: Suspects | null = own): readonly Rule[] {
  const broken: VisitRule['broken'] = (visit, ...beside) =>
    (visit.instante ?? '') >= since && v01.broken(visit, ...beside);
  const rule: VisitRule = { ...withoutSuspects, version, broken, ...(suspects === null ? {} : { suspects }) };
  return rules.map((each) => (each === v01 ? rule : each));
}

async function checked(base: Base, asked: readonly Rule[]): Promise<number | undefined> {
  const [result] = await treat(base, { sources: [source], rules: asked, today, step: 'check' });
  requireNoProblem(result);
  return result?.checked?.looked;
}

function requireNoProblem(result: TreatedSource | undefined): void {
  if (result?.problem !== null) throw new Error(`it came to ${result?.problem}`);
}

async function foundBy(base: Base): Promise<string[]> {
  const rows = await query<{ key: string }>(
    base,
    `SELECT chave AS key FROM nacional.achado WHERE fonte = $1 AND regra = 'V01' AND resolvido IS NULL ORDER BY 1`,
    [source],
  );
  return rows.map(({ key }) => key);
}

const nobody: Suspects = () => `SELECT '' WHERE false`;

/** A rule that is another one is asked where it may find something, or had; all else stays as it is. */
export async function anotherRule(t: Test, base: Base): Promise<void> {
  await given(
    base,
    source,
    'custodiado',
    ['id', 'nome'],
    people.map((id) => [id, `Pessoa ${id}`]),
  );
  const custodies = [
    ...people.map((id) => [id, id, '2026-01-10', '2026-02-10', 'Temporária']),
    // This one has lasted long some days from now.
    ['50', '17', '2026-11-25', null, 'Temporária'],
  ];
  const columns = ['id', 'custodiado_id', 'entrada', 'saida', 'natureza'];
  const custody = await given(base, source, 'custodia', columns, custodies);
  const visits = people.map((id) => [id, id, `${outside[id] ?? '2026-01-20'} 10:00:00`]);
  const visit = await given(base, source, 'visita', ['id', 'custodiado_id', 'instante'], visits);
  requireNoProblem((await treat(base, { sources: [source], rules, today }))[0]);
  t.strictSame(await foundBy(base), ['17', '19']);

  await t.test('its suspects alone are looked at', async (t) => {
    t.equal(await checked(base, rules), 0, 'it is the same');
    t.equal(await checked(base, other(2, '2026-02-20')), 2);
    t.strictSame(await foundBy(base), ['19']);
    t.equal(await checked(base, other(3, '')), 2);
    t.strictSame(await foundBy(base), ['17', '19']);
    t.equal(await checked(base, other(3, '')), 0, 'once');
  });

  await t.test('what other rules found of them stays, and what falls due', async (t) => {
    const others = () =>
      query<{ key: string }>(
        base,
        `SELECT regra, id, item, chave AS key FROM nacional.achado
          WHERE fonte = $1 AND regra <> 'V01' AND resolvido IS NULL ORDER BY 1, 2, 3`,
        [source],
      );
    const agenda = () =>
      query<{ key: string }>(
        base,
        'SELECT chave AS key, dia::text FROM nacional.agenda WHERE fonte = $1 ORDER BY 1',
        [source],
      );
    const before = [await others(), await agenda()] as const;
    for (const rows of before) t.ok(rows.some(({ key }) => key === '17'));
    t.equal(await checked(base, other(4, '')), 2);
    t.strictSame([await others(), await agenda()], before);
  });

  await t.test('where it had found something it is asked again', async (t) => {
    t.equal(await checked(base, other(5, '9999', nobody)), 2);
    t.strictSame(await foundBy(base), []);
  });

  await t.test(
    'where another rule failed all are asked, which may have failed of what there was',
    async (t) => {
      const [some] = rules.filter((rule) => subjectOf(rule) === 'custodiado');
      if (some === undefined) throw new Error('no rule of persons');
      const { code, view, version } = formOf(some);
      await query(
        base,
        `INSERT INTO nacional.falha (regra, visao, assunto, fonte, chave, versao)
       VALUES ($1, $2, 'custodiado', $3, '30', $4)`,
        [code, view, source, version],
      );
      t.equal(await checked(base, other(6, '', nobody)), 1);
      t.strictSame(await query(base, 'SELECT FROM nacional.falha WHERE fonte = $1', [source]), []);
    },
  );

  await t.test('one that names none is asked of everything', async (t) => {
    t.ok(((await checked(base, other(7, '', null))) ?? 0) >= people.length);
    t.strictSame(await foundBy(base), ['17', '19']);
  });

  await t.test('cut anywhere, it is asked the next time', async (t) => {
    // Those of a check of persons, which comes first.
    for (let at = 0; at < 12; at++) {
      const stop = new AbortController();
      const beside = new BesideBase(base, (transaction) => {
        if (transaction === at) stop.abort(new Error('cut'));
        return Promise.resolve();
      });
      const asked = other(10 + at, at % 2 === 0 ? '2026-02-20' : '');
      const cut = { sources: [source], rules: asked, today, step: 'check', signal: stop.signal } as const;
      const ended = await treat(beside, cut).catch((error: unknown) => error);
      t.equal(ended, stop.signal.reason, `before transaction ${at}`);
      await checked(base, asked);
      t.strictSame(await foundBy(base), at % 2 === 0 ? ['19'] : ['17', '19'], 'and then to its end');
    }
  });

  await t.test('one that could not be asked is asked of what moved meanwhile', (t) =>
    withheld(t, base, custody, visit),
  );
}

async function withheld(t: Test, base: Base, custody: Loader, visit: Loader): Promise<void> {
  const all = () => treat(base, { sources: [source], rules, today });
  await all();
  t.strictSame(await foundBy(base), ['17', '19']);
  await t.test('its custodies cannot be written', async (t) => {
    await refuse(t, base, 'nacional.custodia', `NEW.fonte = '${source}'`);
    await custody.load([['40', '40', '2026-01-11', '2026-02-10', 'Temporária']]);
    await visit.load([['31', '31', '2026-04-01 10:00:00']]);
    await all();
    t.strictSame(await foundBy(base), ['17', '19'], 'what it had found stays, and no more is found');
  });
  await all();
  t.strictSame(await foundBy(base), ['17', '19', '31']);
}
