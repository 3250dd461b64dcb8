import { GuaritaError } from '../../../shared/errors.ts';
import type { HeldRole } from '../../base/access-layer/roles.ts';

/** What somebody may do in a body. The names are those of the programme's own terms. */
export const roles = {
  'cadastrador-estruturas': {
    name: 'Cadastrador de Estruturas Organizacionais',
    does: 'cadastra órgãos e suas estruturas',
    hasPower: true,
  },
  'cadastrador-vinculador': {
    name: 'Cadastrador Vinculador',
    does: 'vincula pessoas às estruturas',
    hasPower: true,
  },
  'cadastrador-autorizador': {
    name: 'Cadastrador Autorizador',
    does: 'aprova ou recusa pedidos de acesso',
    hasPower: true,
  },
  agente: { name: 'Agente', does: 'busca e consulta pessoas', hasPower: false },
  revisor: {
    name: 'Revisor',
    does: 'diz se registros são da mesma pessoa e o que as palavras dos estados significam',
    hasPower: true,
  },
  operador: {
    name: 'Operador',
    does: 'acompanha a coleta dos estados e decide o que nela aguarda decisão, sem ver pessoas',
    hasPower: true,
  },
  estatistico: { name: 'Estatístico', does: 'consulta painéis, sem ver pessoas', hasPower: false },
  auditor: { name: 'Auditor', does: 'vê o que foi consultado, por quem e por quê', hasPower: true },
} as const satisfies Record<string, RoleWords>;

interface RoleWords {
  readonly name: string;
  readonly does: string;
  /** Without a second factor nobody works in it. */
  readonly hasPower: boolean;
}

export type Role = keyof typeof roles;

export function isRole(name: string): name is Role {
  return Object.hasOwn(roles, name);
}

/** What people call it. */
export function roleName(code: string): string {
  return isRole(code) ? roles[code].name : code;
}

/** How many people have to say yes to a role, given or kept: to one with power two, so that nobody does it alone. */
export function peopleNeeded(code: string): 1 | 2 {
  return havePower([code]) ? 2 : 1;
}

/** Those that may look at people, for a purpose. */
export const lookingRoles: readonly Role[] = ['agente', 'revisor', 'auditor'];

/** Those that are told how states' data are, by figures that name nobody. */
export const findingReaders: readonly Role[] = [...lookingRoles, 'estatistico', 'operador'];

/** Whether one of these needs a second factor. */
export function havePower(names: readonly string[]): boolean {
  return names.some((name) => isRole(name) && roles[name].hasPower);
}

/** Who approves who may enter does not watch over what they do. */
const apart: readonly (readonly [Role, Role])[] = [['cadastrador-autorizador', 'auditor']];

/** Of the roles that one person would have, two that nobody may have together; null where there are none. */
export function incompatible(held: readonly Role[]): readonly [Role, Role] | null {
  return apart.find(([one, other]) => held.includes(one) && held.includes(other)) ?? null;
}

/**
 * That nobody comes to have two roles that are to be apart, in whichever bodies: one that waits to be looked at anew may hold
 * again. Throws `roles-apart`.
 */
export function requireTogether(
  held: readonly Pick<HeldRole, 'role' | 'until'>[],
  more: readonly Role[],
  now: Date,
): void {
  const standing = held.filter((one) => Date.parse(one.until) > now.getTime()).map((one) => one.role);
  const both = incompatible([...standing.filter(isRole), ...more]);
  if (both === null) return;
  throw new GuaritaError('roles-apart', `${both.map((one) => roles[one].name).join(' e ')}.`);
}
