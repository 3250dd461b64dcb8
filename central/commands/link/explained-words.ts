import { writtenInstant } from '../../../shared/day.ts';
import type { SaidDecision } from '../../base/decided-layer/decision-history.ts';
import type { KnownRegister } from '../../base/national-layer/known-registers.ts';
import type { LinkedRegister } from '../../base/national-layer/link-registers.ts';
import { wrapped } from '../../status/wrapped.ts';
import type { Model } from '../../treat/link/model/model.ts';
import type { Because, ExplainedPair, ExplainedPerson } from '../../treat/linking/explain-person.ts';
import { becauseText } from '../../words/link-words.ts';
import { keyText } from '../../words/mask.ts';
import { bitsText, saidNames } from '../../words/pair-words.ts';
import { registerText } from './named-registers.ts';
import { pairLines } from './pair-lines.ts';

/** Two registers, and what keeps them together or apart. */
export interface ExplainedTwo {
  readonly a: KnownRegister;
  readonly b: KnownRegister;
  readonly one: LinkedRegister;
  readonly other: LinkedRegister;
  readonly explained: ExplainedPair;
  readonly said: readonly SaidDecision[];
  /** Null where they are one person's. */
  readonly because: Because | null;
  /** A decision that they are two, which treatment has not followed yet. */
  readonly toPart: number | null;
  /** A treatment may still change whose they are. */
  readonly waits: boolean;
  readonly tooLarge: boolean;
}

/** A person for people, in lines that fit 80 columns. */
export function personLines(person: ExplainedPerson, model: Model, reveal: boolean): string[] {
  const { registers, holding, decisions, beside, moves, toPart } = person;
  const numbers = new Map(registers.map(({ id }, at) => [id, at + 1]));
  const numberOf = (id: string) => String(numbers.get(id) ?? id);
  const values = new Map(registers.map((register) => [register.id, register.values]));
  return [
    `Pessoa ${person.person} (modelo "${model.version}")`,
    ...registers.flatMap((register, at) => registerLines(register, at + 1, reveal)),
    ...(person.more ? ['  … e mais registros, que não são mostrados.'] : []),
    ...toPart.flatMap(({ number, a, b }) =>
      wrapped(
        `→ Decidido que ${numberOf(a)} e ${numberOf(b)} são distintas (decisão ${number}): o próximo tratamento os separa.`,
        '',
      ),
    ),
    ...(person.waits && toPart.length === 0 ? wrapped(waitsText, '') : []),
    ...(person.tooLarge ? wrapped(tooLargeText, '') : []),
    ...holding.flatMap((pair) => {
      const [one, other] = [values.get(pair.a), values.get(pair.b)];
      const title = `O que une ${numberOf(pair.a)} e ${numberOf(pair.b)}: ${bitsText(pair.weight)} bits`;
      return one === undefined || other === undefined
        ? []
        : ['', title, ...pairLines(pair, one, other, reveal)];
    }),
    ...section(
      'Decisões:',
      decisions.flatMap((said) => decisionLines(said, numberOf)),
    ),
    ...section(
      'Parecidos, e de outra pessoa:',
      beside.flatMap(({ a, b, other, weight, because }) => {
        const own = numberOf(values.has(a) ? a : b);
        const text = `${registerText(other, reveal)}, com ${own}: ${bitsText(weight)} bits; ${becauseText(because)}`;
        return [...wrapped(`  ${text}`, '  '), `    id ${other.id}`];
      }),
    ),
    ...section(
      'Mudanças, as últimas primeiro:',
      moves.flatMap(({ register, from, to, model: by, decisions: numbers, at }) => [
        `  ${writtenInstant(at)}: registro ${numberOf(register)}, modelo "${by}"${numbers.length === 0 ? '' : `, decisões ${numbers.join(', ')}`}`,
        `    de ${from}`,
        `    para ${to}`,
      ]),
    ),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}

function registerLines(
  register: ExplainedPerson['registers'][number],
  number: number,
  reveal: boolean,
): readonly string[] {
  const { id, values, removed } = register;
  const said = [values.name, values.birth].map((value) => (value === null ? '–' : keyText([value], reveal)));
  const text = `${number}  ${registerText(register, reveal)}: ${said.join(', ')}${removed ? ' (saiu da fonte)' : ''}`;
  return [...wrapped(text, '  '), `     id ${id}`];
}

function decisionLines(
  { number, a, b, says, who, at, reason, undoneBy }: SaidDecision,
  numberOf: (id: string) => string,
): readonly string[] {
  const undone = undoneBy === null ? '' : `; desfeita pela decisão ${undoneBy}`;
  return [
    ...wrapped(
      `${number}: ${numberOf(a)} e ${numberOf(b)} ${saidNames[says]} (${who}, ${writtenInstant(at)}${undone})`,
      '  ',
    ),
    ...wrapped(`"${reason}"`, '    '),
  ];
}

const waitsText = '→ Algo destes registros espera o próximo tratamento, que pode mudar isto.';
const tooLargeText = '→ Um grupo destes registros é grande demais: alguém tem de olhar.';

/** Two registers for people. */
export function twoLines(two: ExplainedTwo, model: Model, reveal: boolean): string[] {
  const { a, b, one, other, explained, said } = two;
  const shown = (register: KnownRegister, name: string) => [
    `${name}  ${registerText(register, reveal)}`,
    `   id ${register.id}`,
    `   pessoa ${register.person}`,
  ];
  return [
    ...shown(a, 'A'),
    ...shown(b, 'B'),
    ...wrapped(verdictText(two), ''),
    ...(two.waits && !isOfWaiting(two) ? wrapped(waitsText, '') : []),
    ...(two.tooLarge ? wrapped(tooLargeText, '') : []),
    '',
    `Pelo modelo "${model.version}": ${bitsText(explained.weight)} bits`,
    ...pairLines(explained, one, other, reveal),
    ...(explained.foundBy === null
      ? wrapped('Nada em comum pelo que se busca: só um terceiro registro os compara.', '  ')
      : []),
    ...section(
      'Decisões:',
      said.flatMap((each) => decisionLines(each, (id) => (id === a.id ? 'A' : 'B'))),
    ),
  ];
}

function verdictText({ because, toPart }: ExplainedTwo): string {
  if (because !== null) return `– Duas pessoas: ${becauseText(because)}.`;
  if (toPart === null) return '✓ Mesma pessoa.';
  return `– Ainda uma pessoa: decidido que são distintas (decisão ${toPart}); o próximo tratamento as separa.`;
}

/** That it waits is said already. */
function isOfWaiting({ because, toPart }: ExplainedTwo): boolean {
  if (toPart !== null || because === 'waiting') return true;
  return because !== null && typeof because === 'object' && because.says === 'same';
}

const shownRegister = (register: KnownRegister, reveal: boolean) => ({
  ...register,
  key: keyText([register.key], reveal),
});

function shownValues(values: LinkedRegister, reveal: boolean): object {
  if (reveal) return values;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'string' && !['id', 'kind'].includes(name)
        ? keyText([value], false)
        : Array.isArray(value)
          ? value.map((each) => keyText([String(each)], false))
          : value,
    ]),
  );
}

/** The same for programs: names stay as they are. */
export function personJson(person: ExplainedPerson, model: Model, reveal: boolean): object {
  return {
    ...person,
    model: model.version,
    registers: person.registers.map(({ values, ...register }) => ({
      ...shownRegister(register, reveal),
      values: shownValues(values, reveal),
    })),
    beside: person.beside.map(({ other, ...pair }) => ({ ...pair, other: shownRegister(other, reveal) })),
  };
}

export function twoJson(two: ExplainedTwo, model: Model, reveal: boolean): object {
  const { a, b, one, other, explained, said, because, toPart, waits, tooLarge } = two;
  return {
    ...{ model: model.version, a: shownRegister(a, reveal), b: shownRegister(b, reveal) },
    values: [shownValues(one, reveal), shownValues(other, reveal)],
    ...{ same: because === null, because, toPart, waits, tooLarge, explained, decisions: said },
  };
}
