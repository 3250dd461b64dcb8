import type { Role } from '../../../shared/dictionary/roles.ts';
import type { Sight } from '../../base/sight/sight.ts';

/** Ways in which two people are linked, in the order in which they are told: what says most comes first. */
export const linkKinds = {
  visitante: {
    one: 'Visitante',
    about: 'visitou, ou está no cadastro de visitantes',
    reversed: 'Visitado',
  },
  advogado: { one: 'Advogado', about: 'advogado ou defensor da pessoa', reversed: 'Defendido' },
  processo: { one: 'Mesmo processo', about: 'réus no mesmo número do CNJ, também em outro estado' },
  cela: { one: 'Mesma cela', about: 'na mesma ala e cela, em dias em comum' },
  comum: { one: 'Visitante em comum', about: 'presos que recebem a mesma pessoa' },
  unidade: { one: 'Mesma unidade', about: 'na mesma unidade, em dias em comum' },
} as const satisfies Readonly<Record<string, KindWords>>;

interface KindWords {
  /** What the other person is. */
  readonly one: string;
  readonly about: string;
  /** The same, of a visitor or lawyer. */
  readonly reversed?: string;
}

export type LinkKind = keyof typeof linkKinds;

export const allKinds = Object.keys(linkKinds) as readonly LinkKind[];

/** Which links people of a role can have. */
export function kindsOf(role: Role): readonly LinkKind[] {
  return role === 'custodiado' ? allKinds : [role];
}

/** What somebody is who is linked with somebody of this role. */
export function otherRole(kind: LinkKind, role: Role): Role {
  return role === 'custodiado' && (kind === 'visitante' || kind === 'advogado') ? kind : 'custodiado';
}

/** What the other person is, told of somebody of this role. */
export function kindName(kind: LinkKind, role: Role): string {
  const words: KindWords = linkKinds[kind];
  return role === 'custodiado' ? words.one : (words.reversed ?? words.one);
}

/**
 * By what a chain goes on from person to person: a shared visitor is two steps of it. Of a unit nearly everybody is linked
 * with everybody, so that it is asked for by itself.
 */
export const chainKinds: readonly LinkKind[] = ['visitante', 'advogado', 'processo', 'cela'];

/** Those of which a body sees nothing at all, by its grant. */
export function unseenKinds(
  { sees }: Pick<Sight, 'sees'>,
  sensitive: readonly string[],
): readonly LinkKind[] {
  const seesVisitors = sees('visitante') && (sees('visita', 'visitante_id') || sees('vinculo', 'pessoa_id'));
  const seen: Readonly<Record<LinkKind, boolean>> = {
    visitante: seesVisitors,
    advogado: sees('advogado') && sees('vinculo', 'pessoa_id') && sensitive.includes('vinculo.advogados'),
    processo: sees('processo', 'numero_cnj'),
    cela: sees('custodia', 'cela'),
    comum: seesVisitors,
    unidade: sees('custodia', 'unidade_id'),
  };
  return allKinds.filter((kind) => !seen[kind]);
}
