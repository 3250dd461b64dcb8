import { count } from '../../../shared/count-format.ts';
import type { Questions } from '../../base/base.ts';
import { knownRegisters } from '../../base/national-layer/known-registers.ts';
import { tooLargeGroupsOf } from '../../base/national-layer/left-to-people.ts';
import { wrapped } from '../../status/wrapped.ts';
import { registerText } from './named-registers.ts';

/** How many are shown: of groups, and of the persons of each. */
const most = { groups: 5, named: 3 } as const;

/** Groups that are too large to be put together without a person, for people; nothing where there are none. */
export async function groupLines(
  questions: Questions,
  uf: string | null,
  reveal: boolean,
): Promise<readonly string[]> {
  const groups = await tooLargeGroupsOf(questions, uf, most);
  const [first] = groups;
  if (first === undefined) return [];
  const ids = groups.flatMap(({ named }) => named);
  const known = new Map((await knownRegisters(questions, ids)).map((register) => [register.id, register]));
  return [
    `Grupos grandes demais para juntar sem alguém olhar: ${count.format(first.total)}`,
    ...groups.flatMap(({ registers, persons, named }, at) => [
      `${at + 1}. ${count.format(registers)} registros, hoje de ${persons === 1 ? '1 pessoa' : `${count.format(persons)} pessoas`}:`,
      ...named.flatMap((id) => {
        const register = known.get(id);
        return register === undefined ? [] : wrapped(`${registerText(register, reveal)}, id ${id}`, '   ');
      }),
      ...(persons > named.length ? [`   … e mais ${count.format(persons - named.length)}`] : []),
    ]),
    ...(first.total > groups.length ? [`… e mais ${count.format(first.total - groups.length)}`] : []),
    ...wrapped(
      '→ Veja um registro de cada ("link explain") e diga quais são a mesma pessoa ("link merge") e quais não ("link split").',
      '',
    ),
  ];
}
