import type { Test } from 'tap';
import { sightOf } from '../../../central/base/sight/sight.ts';
import { restsOnSeen } from '../../../central/console/findings/rests-on-seen.ts';
import { shortened } from '../../../central/console/html/shortened.ts';
import { timeline } from '../../../central/console/html/svg/timeline.ts';
import { originPath } from '../../../central/console/person/paths.ts';
import { cursorText, readCursor, type SeenRow } from '../../../central/console/person/rows.ts';
import { timelineOf } from '../../../central/console/person/timeline.ts';
import { valueText, wholeText } from '../../../central/console/person/values.ts';
import { whereNow } from '../../../central/console/person/where-now.ts';
import { decisionsPart } from '../../../central/console/person/why-part.ts';
import { rules } from '../../../central/treat/rules/all.ts';
import type { Rule } from '../../../central/treat/rules/rule.ts';
import { all, today } from './nation.ts';

const row = (values: Readonly<Record<string, unknown>>, more: Partial<SeenRow> = {}): SeenRow => ({
  ...{ source: 'AL', id: '1', notes: [], since: '2026-01-01T00:00:00Z', place: '-infinity', values },
  ...more,
});
const named = { unit: (_source: string, id: unknown) => (typeof id === 'string' ? `UNIDADE ${id}` : null) };
const telling = new Set(['AL', 'RO']);

export async function whereTheyAre(t: Test): Promise<void> {
  const open = row({ entrada: '2025-01-01', saida: null });
  const closed = row({ entrada: '2020-01-01', saida: '2021-01-01' });
  const later = row({ entrada: '2022-01-01', saida: '2023-01-01' });
  t.same(whereNow([closed, open], telling, true), { open: [open], left: null, unknown: null });
  t.same(whereNow([closed, later], telling, true), { open: [], left: later, unknown: null });
  t.same(whereNow([], telling, true), { open: [], left: null, unknown: 'no-custody' });
  t.same(whereNow([open], telling, false), { open: [], left: null, unknown: 'unseen' });
  t.same(whereNow([open, closed], new Set(), true), { open: [], left: closed, unknown: 'untold' });
  // An end that was given, but not understood, is one; what only stands for one is none.
  const noted = (note: string) => row({ entrada: '2025-01-01', saida: null }, { notes: [`saida:${note}`] });
  t.same(whereNow([noted('unreadable')], telling, true).open, []);
  t.equal(whereNow([noted('placeholder')], telling, true).open.length, 1);
  t.same(whereNow([row({ saida: null, motivo_saida: 'fuga' })], telling, true).open, []);
  const two = [open, { ...open, source: 'RO' }];
  t.same(whereNow(two, telling, true).open, two, 'two states hold them');
}

export async function timeIsDrawn(t: Test): Promise<void> {
  const custodies = [
    row({ unidade_id: '1', entrada: '2019-01-01', saida: '2020-01-01' }),
    row({ unidade_id: '1', entrada: '2024-01-01', saida: null, regime: 'fechado' }),
    row({ unidade_id: '9', entrada: '2023-06-01', saida: '2024-06-01' }, { source: 'RO' }),
    row({ unidade_id: '9', entrada: null, saida: '2018-06-01' }, { source: 'RO' }),
    row({ unidade_id: null, entrada: null, saida: null }),
    // It ends before it begins, and in a year that has not come.
    row({ unidade_id: '2', entrada: '2025-01-01', saida: '2024-01-01' }),
    row({ unidade_id: '2', entrada: '2025-01-01', saida: '2099-01-01' }),
  ];
  const day = Array.from({ length: 40 }, (_, at) =>
    row({ instante: `2024-01-01T10:${String(at).padStart(2, '0')}:00` }),
  );
  const drawn = timelineOf(custodies, [...day, row({ instante: null })], named, today);
  t.same(
    drawn.lanes.map(({ label }) => label),
    ['RO · UNIDADE 9', 'AL · UNIDADE 1', 'AL · UNIDADE 2', 'AL · movimentações'],
    'the earliest first',
  );
  t.equal(drawn.undated, 2);
  t.same(
    drawn.lanes.map(({ spans = [] }) => spans.map(({ kind }) => kind)),
    [['closed', 'half'], ['closed', 'open'], ['closed', 'closed'], []],
  );
  t.match(drawn.lanes[1]?.spans?.[1], { words: 'de 01/01/2024, até hoje, Fechado' });
  t.match(drawn.lanes[3]?.marks, [{ count: 40, words: '01/01/2024: 40 movimentações' }]);
  for (const { spans = [] } of drawn.lanes) t.ok(spans.every(({ from, to }) => from <= to));
  const picture = String(timeline(drawn));
  t.equal(picture.match(/<circle class="marca-tempo" cx/g)?.length, 2, 'as one, beside that of the legend');
  t.match(picture, /role="img" aria-label="Custódias e movimentações no tempo\. A tabela/);
  for (const [, share] of picture.matchAll(/(?:x|cx|x1|x2)="(-?[\d.]+)%"/g)) {
    t.ok(Number(share) >= 0 && Number(share) <= 100, `${share}% is within`);
  }
  t.equal(timeline(timelineOf([row({})], [], named, today)), null, 'nothing has a date');
  const many = Array.from({ length: 30 }, (_, at) =>
    row({
      unidade_id: String(at),
      entrada: `20${String(at % 25).padStart(2, '0')}-01-01`,
      saida: '2025-01-01',
    }),
  );
  t.match(timelineOf(many, [], named, today), { left: 14 });
  // Whatever a state writes for a day.
  for (const [entrada, saida] of [
    ['0001-01-01', '9999-12-31'],
    ['2025-11-28', '2025-11-28'],
  ]) {
    t.ok(timeline(timelineOf([row({ unidade_id: '1', entrada, saida })], [], named, today)));
  }
}

export async function valuesAreRead(t: Test): Promise<void> {
  t.equal(valueText('custodiado', 'cpf', '52998224725'), '529.982.247-25');
  t.equal(valueText('custodiado', 'data_nascimento', '1988-03-12'), '12/03/1988');
  t.equal(valueText('custodiado', 'alcunhas', ['ZÉ', 'GALEGO']), 'ZÉ; GALEGO');
  t.equal(valueText('custodiado', 'alcunhas', []), null);
  t.equal(valueText('custodia', 'regime', 'fechado'), 'Fechado');
  t.equal(valueText('custodia', 'rdd', false), 'Não');
  t.equal(valueText('visita', 'instante', '2024-10-05T09:00:00'), '05/10/2024, 09:00');
  t.equal(valueText('processo', 'numero_cnj', '00012344620248020001'), '0001234-46.2024.8.02.0001');
  t.equal(valueText('remicao', 'dias', 12.5), '12,5');
  t.equal(valueText('custodiado', 'naturalidade_ibge', '2704302'), 'Maceió (AL)');
  t.equal(valueText('custodiado', 'nome', ''), null);
  const long = 'Á'.repeat(4000);
  t.equal(valueText('custodiado', 'nome', long)?.length, 121);
  t.equal(wholeText('custodiado', 'nome', long), long);
  t.equal(shortened('👩🏽'.repeat(3), 2), '👩🏽…', 'no half of a character');
}

export async function addressesHold(t: Test): Promise<void> {
  for (const cursor of [
    { place: '-infinity', source: 'AL', id: 'a~b\n' },
    { place: '2024-02-29 23:59:59.123456', source: 'RO', id: '' },
  ]) {
    t.same(readCursor(cursorText(cursor)), cursor);
  }
  for (const wrong of [
    '',
    'x',
    '2024-02-30 00:00:00~AL~1',
    '2024-01-01 25:00:00~AL~1',
    '-infinity~al~1',
    "-infinity~AL'~1",
  ]) {
    t.throws(() => readCursor(wrong), { code: 'request-invalid' }, wrong);
  }
  t.equal(originPath('/p', 'visita', 'AL', 'a/b c'), '/p/origem/visita/AL/a%2Fb%20c');
  for (const none of ['.', '..', '', 'x'.repeat(201)]) t.equal(originPath('/p', 'visita', 'AL', none), null);
}

/** A reason holds the weights that were shown to whoever gave it. */
export async function reasonsAreOfWhoSeesAll(t: Test): Promise<void> {
  const registers = ['a', 'b'].map((natal) => ({ natal, source: 'AL', key: natal }));
  const decision = { number: 3, a: 'a', b: 'b', says: 'same', who: 'R', at: '2026-01-02T00:00:00Z' } as const;
  const decisions = [{ ...decision, reason: 'Documento [visto: CPF +12,0]', undoneBy: null }];
  const told = (showsReasons: boolean) => String(decisionsPart(registers, { decisions, showsReasons }));
  t.match(told(true), 'CPF +12,0');
  t.notMatch(told(false), 'CPF');
  t.match(told(false), 'O acordo não mostra tudo o que foi comparado');
}

export async function findingsRestOnWhatIsSeen(t: Test): Promise<void> {
  const rule = (code: string, view?: string): Rule => {
    const found = rules.find((each) => each.code === code && (view === undefined || each.view === view));
    if (found === undefined) throw new Error(`no rule ${code}`);
    return found;
  };
  const whole = sightOf(all);
  const some = sightOf({ ...all, states: ['AL'] });
  const hiding = (...hidden: string[]) => sightOf({ ...all, hidden });
  t.equal(restsOnSeen(rule('P14'), '', whole, false), 'yes');
  t.equal(restsOnSeen(rule('P14'), '', some, false), 'anew', 'it looks at other states');
  t.equal(restsOnSeen(rule('C07a'), '', some, false), 'anew');
  t.equal(restsOnSeen(rule('P14'), '', hiding('custodiado.cpf'), false), 'no');
  t.equal(restsOnSeen(rule('P19'), '', some, false), 'yes', 'of one state alone');
  t.equal(restsOnSeen(rule('V05b'), '', some, true), 'no');
  t.equal(restsOnSeen(rule('L02'), '', some, true), 'no');
  t.equal(
    restsOnSeen(rule('T05', 'custodia'), 'entrada', hiding('custodia.regime', 'custodia.unidade_id'), false),
    'yes',
  );
  t.equal(restsOnSeen(rule('T05', 'custodia'), 'unidade_id', hiding('custodia.unidade_id'), false), 'no');
  t.equal(restsOnSeen(rule('T01', 'custodia'), 'saida', hiding('custodia.saida'), false), 'no');
  t.equal(restsOnSeen(rule('P14'), '', sightOf({ ...all, views: ['custodia'] }), false), 'no');
}
