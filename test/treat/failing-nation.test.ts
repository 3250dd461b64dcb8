// Tier: quick. Custodies of one state that cannot be treated: what states share is judged by what was last treated of them, on PostgreSQL.
import t, { type Test } from 'tap';
import { rules } from '../../central/treat/rules/all.ts';
import { type TreatOptions, treat } from '../../central/treat/treat.ts';
import { thisCleaning } from '../../central/treat/type/cleaning.ts';
import { query, tierBases } from '../support/bases.ts';
import type { Loader } from '../support/loader.ts';
import { given, today } from './bad-input/given.ts';
import { refuse } from './refuse.ts';
import { emptyNational, national } from './settled.ts';

t.setTimeout(300_000);
const { shared: base } = await tierBases(t);

const cpf = '529.982.247-25';
const custodies: Partial<Record<string, Loader>> = {};

/** Somebody of this CPF, who is in custody there. */
async function state(source: string): Promise<void> {
  await given(base, source, 'custodiado', ['id', 'nome', 'cpf'], [['1', 'Ana Souza', cpf]]);
  const columns = ['id', 'custodiado_id', 'entrada', 'saida', 'regime'];
  custodies[source] = await given(base, source, 'custodia', columns, [open('a')]);
}
const open = (id: string) => [id, '1', '2026-01-01', null, 'fechado'];
const ended = (id: string) => open(id).with(3, '2026-02-01');

const treated = (options: Partial<TreatOptions> = {}) => treat(base, { rules, today, ...options });
const outcomeOf = ([result]: Awaited<ReturnType<typeof treat>>, code: string) =>
  result?.judged?.outcomes.find(({ rule }) => rule === code)?.outcome;

async function openOf(rule: string): Promise<string> {
  const rows = await query<{ fonte: string }>(
    base,
    'SELECT fonte FROM nacional.achado WHERE regra = $1 AND resolvido IS NULL ORDER BY 1',
    [rule],
  );
  return rows.map(({ fonte }) => fonte).join(' ');
}

/** That somebody is in custody in these states, and that whoever visits in Pará is so. */
async function requireOpen(t: Test, sources: string, when: string): Promise<void> {
  t.equal(await openOf('C07a'), sources, `C07a ${when}`);
  t.equal(await openOf('V05a'), 'PA', `V05a ${when}`);
}

await t.test('as long as all is well', async (t) => {
  await state('AL');
  await state('SE');
  await given(base, 'PA', 'visitante', ['id', 'nome', 'cpf'], [['1', 'Ana Souza', cpf]]);
  await treated();
  await requireOpen(t, 'AL SE', 'is found');
  // What is to be written of it from now on, and cannot be.
  await custodies.AL?.load([['z', '2', '2026-01-01', null, 'fechado']]);
});

const broken: Readonly<Record<string, Partial<TreatOptions>>> = {
  'what is new of them': {},
  'all of them, from the first row': { full: true },
  'half of them, in another version': { first: 1, cleaning: { ...thisCleaning, version: 'next' } },
};
for (const [what, options] of Object.entries(broken)) {
  await t.test(`a state of which one cannot write ${what}`, async (t) => {
    await refuse(t, base, 'nacional.custodia', `NEW.fonte = 'AL' AND NEW.id = 'z'`);
    const result = await treated({ ...options, sources: ['AL'] });
    t.equal(outcomeOf(result, 'C07a'), 'failed');
    await requireOpen(t, 'AL SE', 'stays');
    await state('PE');
    t.equal(outcomeOf(await treated({ sources: ['SE', 'PE'] }), 'C07a'), 'found');
    await requireOpen(t, 'AL PE SE', 'stays, and others are judged with it');
    for (const source of ['SE', 'PE']) await custodies[source]?.load([ended('a')]);
    await treated({ sources: ['SE', 'PE'] });
    t.equal(await openOf('C07a'), '', 'also where that closes what was found');
    t.equal(await openOf('V05a'), 'PA', 'she is still in custody in the state that fails');
    await custodies.SE?.load([open('a')]);
    await treated({ sources: ['SE'] });
    await requireOpen(t, 'AL SE', 'is found again');
  });
}

await t.test('a state whose custodies were never treated hides what they would have shown', async (t) => {
  await treated({ sources: ['AL'] });
  await state('RJ');
  await t.test('as long as they cannot be', async (t) => {
    await refuse(t, base, 'nacional.custodia', `NEW.fonte = 'RJ'`);
    t.equal(outcomeOf(await treated({ sources: ['RJ'] }), 'C07a'), 'failed');
    await requireOpen(t, 'AL SE', 'is as it was');
  });
  t.equal(outcomeOf(await treated({ sources: ['RJ'] }), 'C07a'), 'found');
  await requireOpen(t, 'AL RJ SE', 'is found once they are treated');
});

await t.test('and can again: it comes to what comes from nothing', async (t) => {
  await treated();
  const asItWent = await national(base);
  await emptyNational(base);
  await treated();
  t.strictSame(await national(base), asItWent);
});
