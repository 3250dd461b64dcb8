import * as fc from 'fast-check';
import type { Role } from '../../../central/console/access/roles.ts';

/** How many there are of each in a world: so few that what they do meets. */
export const [peopleCount, bodyCount] = [4, 2];

export const anyPerson = fc.nat({ max: peopleCount - 1 });
/** Mostly the first one, in which there are people from the beginning. */
export const anyBody = fc.constantFrom(0, 0, 0, 1);

/** With power and without, and two that nobody has together. */
export const someRoles = [
  'agente',
  'auditor',
  'cadastrador-autorizador',
  'revisor',
] as const satisfies Role[];
export const anyRole = fc.constantFrom(...someRoles);

export const motivo = 'Conferi com a chefia: segue na equipe.';
