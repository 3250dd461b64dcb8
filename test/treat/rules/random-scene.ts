import * as fc from 'fast-check';
import { daysLater } from '../../../central/treat/rules/dates.ts';
import type { ViewName } from '../../../central/treat/rules/rows.ts';
import { type Note, notes } from '../../../shared/cleaning/cleaner.ts';
import type { StandardColumn } from '../../../shared/dictionary/columns.ts';
import type { Kind } from '../../../shared/dictionary/kinds.ts';
import { standardViews } from '../../../shared/dictionary/standard-views.ts';
import type { Scene } from './scene.ts';

/** Days close to each other, so that they meet, and those at which counting goes wrong. */
export const anyDay = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: -120, max: 120 }).map((days) => daysLater('2026-11-30', days)) },
  {
    weight: 2,
    arbitrary: fc.integer({ min: -9000, max: 9000 }).map((days) => daysLater('2010-02-28', days)),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('0001-01-01', '0099-12-31', '1900-01-01', '2024-02-29', '9999-12-31'),
  },
);
const anyInstant = fc
  .tuple(anyDay, fc.constantFrom('00:00:00', '10:00:00', '11:59:59.5', '23:59:59'))
  .map((parts) => parts.join(' '));
const anyId = fc.constantFrom('1', '2', '3');
const anyText = fc.constantFrom(
  '',
  ' ',
  '0',
  'Ana',
  'ana lima',
  'ANA LIMA',
  'Rui Lima',
  '٣',
  '\u{301}',
  '57000000',
  '2704302',
);

const ofTypes: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  integer: fc.oneof(fc.integer({ min: -2, max: 60 }), fc.constantFrom(0, 1e9, 2 ** 53)),
  date: anyDay,
  timestamp: anyInstant,
  boolean: fc.boolean(),
};

const anyCpf = fc.constantFrom('52998224725', '11144477735');

/** Of kinds of which the type does not say what rules look at. */
const ofKinds: Readonly<Partial<Record<Kind, fc.Arbitrary<unknown>>>> = {
  reference: anyId,
  names: fc.array(anyText, { maxLength: 2 }),
  uf: fc.constantFrom('AL', 'PE'),
  cpf: anyCpf,
  'process-number': fc.constantFrom('00012345620268020001', '00012345620268260001', '1', ''),
  decimal: fc.double({ noNaN: true, min: -10, max: 500 }),
};

type Value = readonly [value: unknown, note: Note | null];

const noted = (how: 'lost' | 'kept', freq: number): fc.Arbitrary<Note | null> =>
  fc.option(fc.constantFrom(...(Object.keys(notes) as Note[]).filter((note) => notes[note] === how)), {
    freq,
  });

/** A value with what cleaning may have said of it. */
function anyValue({ kind, type, codes }: StandardColumn): fc.Arbitrary<Value> {
  const plain = ofKinds[kind] ?? ofTypes[type] ?? anyText;
  const known = codes === undefined ? plain : fc.constantFrom(...codes.values.map(({ code }) => code));
  const lost = noted('lost', 3).map((note): Value => [null, note]);
  const kept = fc.tuple(known, noted('kept', 8)).map((value): Value => value);
  return fc.oneof({ weight: 1, arbitrary: lost }, { weight: 3, arbitrary: kept });
}

function anyRow(columns: readonly StandardColumn[]): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  const given = columns.filter(({ name }) => name !== 'id' && name !== 'conteudo');
  return fc.tuple(...given.map(anyValue)).map((all) => ({
    ...Object.fromEntries(all.map(([value], place) => [given[place]?.name, value])),
    notes: all.flatMap(([, note], place) => (note === null ? [] : [`${given[place]?.name}:${note}`])),
  }));
}

const anyRegister = fc.record({
  source: fc.constantFrom('AL', 'RO'),
  role: fc.constantFrom('custodiado', 'visitante', 'advogado'),
  person: fc.constantFrom('a', 'b'),
  nome: fc.option(anyText),
  cpf: fc.option(anyCpf),
  rji: fc.option(anyText),
  nome_mae: fc.option(anyText),
  identidade: fc.option(anyId),
  openRegimes: fc.array(fc.constantFrom('', 'fechado', 'aberto'), { maxLength: 2 }),
});

/** Rows of every view, at times of no person, each with an id of its own, in any order. */
export const anyScene: fc.Arbitrary<Scene> = fc.record({
  ...(Object.fromEntries(
    standardViews.map(({ name, columns }) => [
      name,
      fc
        .array(anyRow(columns), { maxLength: name === 'custodiado' ? 1 : 4 })
        .map((rows) => rows.map((row, place) => ({ ...row, id: String(place + 1) }))),
    ]),
  ) as unknown as Record<ViewName, fc.Arbitrary<Readonly<Record<string, unknown>>[]>>),
  source: fc.constantFrom('AL', 'BR'),
  registers: fc
    .array(anyRegister, { maxLength: 4 })
    .map((all) => all.map((register, place) => ({ ...register, id: String(place + 1) }))),
  inCustody: fc.array(anyRegister, { maxLength: 2 }),
  toThemselves: fc
    .array(fc.record({ source: fc.constantFrom('AL', 'RO'), sameCpf: fc.boolean() }), { maxLength: 2 })
    .map((all) => all.map((link, place) => ({ ...link, id: String(place + 1) }))),
  births: fc.record({ people: fc.nat({ max: 100 }), among: fc.nat() }),
  inside: fc.record({ vagas_fechado: fc.nat({ max: 60 }), vagas_rdd: fc.nat({ max: 60 }) }),
});
