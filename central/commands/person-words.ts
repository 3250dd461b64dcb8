import { count } from '../../shared/count-format.ts';
import type { OfPerson, RegisterPerson } from '../base/national-layer/register-person.ts';
import { keyText } from '../words/mask.ts';

/** Registers of one person that are shown; programs are told more. */
const mostShown = 20;

/** To whom a register belongs, which others do, and what is held of all of them; values masked unless asked for. */
export function personLines(
  person: RegisterPerson,
  own: Pick<OfPerson, 'source' | 'id'>,
  reveal: boolean,
): string[] {
  const { id, registers, registersTotal, values } = person;
  if (registersTotal === 1)
    return [`Pessoa nacional ${id}: só este cadastro.`, ...acrossLines(person, reveal)];
  const others = registers.filter((each) => each.source !== own.source || each.id !== own.id);
  const more = registersTotal - 1 - Math.min(others.length, mostShown);
  return [
    `Pessoa nacional ${id}: ${count.format(registersTotal)} cadastros. Os outros:`,
    ...others
      .slice(0, mostShown)
      .map((each) => `  ${nameOf(each, reveal)}${each.removed ? ', removido' : ''}`),
    ...(more > 0 ? [`  e mais ${count.format(more)}`] : []),
    ...(values.length === 0 ? [] : ['O que fica de todos, e de qual veio (≠: os cadastros divergem):']),
    ...values.map(({ column, value, from, disagree }) => {
      const origin = from === null ? '' : `, de ${nameOf(from, reveal)}`;
      return `  ${disagree ? '≠' : ' '} ${column}: ${keyText([value], reveal)}${origin}`;
    }),
    ...acrossLines(person, reveal),
  ];
}

function acrossLines({ across }: RegisterPerson, reveal: boolean): string[] {
  if (across.length === 0) return [];
  return [
    'A mesma pessoa em outro tipo de cadastro:',
    ...across.slice(0, mostShown).map((each) => `  ${nameOf(each, reveal)}`),
  ];
}

const nameOf = ({ source, view, id }: OfPerson, reveal: boolean) =>
  `${source} ${view} ${keyText([id], reveal)}`;

/** The same for programs. */
export function personJson(
  { id, registers, registersTotal, across, values }: RegisterPerson,
  reveal: boolean,
) {
  const named = ({ source, view, id, removed }: OfPerson) => ({
    source,
    view,
    id: keyText([id], reveal),
    removed,
  });
  return {
    ...{ id, registers: registers.map(named), registersTotal, across: across.map(named) },
    values: values.map(({ column, value, from, disagree }) => ({
      ...{ column, value: keyText([value], reveal), from: from === null ? null : named(from), disagree },
    })),
  };
}
