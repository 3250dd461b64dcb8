import { hit } from './finding.ts';
import { givenName } from './names.ts';
import type { Hit, Register } from './rule.ts';

export const foundRegister = (register: Register): Hit => ({
  ...hit(register.role, register.id, null),
  source: register.source,
});

export function ofRole(registers: readonly Register[], role: Register['role']): readonly Register[] {
  return registers.filter((register) => register.role === role);
}

/** How many different ones there are, of those that have one. */
export function differing<R>(registers: readonly R[], of: (register: R) => string | null): number {
  return new Set(registers.map(of).filter((value) => value !== null)).size;
}

/**
 * Whether they are surely of different people: of several national persons, and of other given names or another birth.
 * Where only too little is known of them to be one person's, a person is asked.
 */
export function areOthers(registers: readonly Register[]): boolean {
  const different = (of: (register: Register) => string | null) => differing(registers, of) > 1;
  return (
    different(({ person }) => person) &&
    (different(({ nome }) => givenName(nome)) || different(({ data_nascimento }) => data_nascimento))
  );
}

/** All of them, where there are more than one of something. */
export const allIf = (registers: readonly Register[], many: boolean) =>
  many ? registers.map(foundRegister) : [];

const isHeld = ({ role, openRegimes }: Register) => role === 'custodiado' && openRegimes.length > 0;

/** Who serves in one of these comes and goes: a visit of theirs contradicts nothing. */
const outside: readonly string[] = ['aberto', 'tratamento_ambulatorial'];
export const isConfined = (register: Register) =>
  isHeld(register) && register.openRegimes.some((regime) => !outside.includes(regime));

/** Those in custody, each of whom is so in another state as well, as far as is known. */
export function heldInSeveral(registers: readonly Register[]): readonly Register[] {
  const held = registers.filter(isHeld);
  return held.filter((one) => held.some((other) => other.source !== one.source && !areOthers([one, other])));
}

/** Somebody in custody in two states. */
export const twoStates = {
  severity: 'critical',
  view: 'custodiado',
  needs: ['custodia.saida'],
  todo: 'Os estados conferem entre si onde a pessoa está, e o outro registra a saída.',
} as const;

/** Somebody who visits, and is in custody. */
export const heldVisitor = {
  severity: 'critical',
  todo: 'Confira a identidade de quem visita e, se a pessoa já saiu, registre a saída da custódia.',
} as const;
