import { type Identity, identityOf } from './identity.ts';
import type { Sex } from './people.ts';
import type { Rng } from './rng.ts';
import type { State } from './state-rows.ts';
import { closedUnit, unitFor } from './unit-rows.ts';

/** A time in one unit, in days before today. */
export interface Stay {
  readonly unit: number;
  readonly from: number;
  /** Null while it lasts. */
  readonly to: number | null;
  readonly reason: string | null;
}

/** What happened to a person in custody: every table tells its part of it, so that they agree. */
export interface Life {
  readonly id: number;
  readonly identity: Identity;
  /** `condenacao`, …, and the regime; null where the kind has none. */
  readonly natureza: string;
  readonly regime: string | null;
  /** A custody before the present or last one, some time before it. */
  readonly earlier: Stay | null;
  /** The present or last custody: two where the person was transferred. */
  readonly stays: readonly [Stay] | readonly [Stay, Stay];
  readonly isOpen: boolean;
}

const kinds = [
  ['condenacao', 0.64],
  ['provisoria', 0.3],
  ['medida_seguranca', 0.025],
  ['temporaria', 0.02],
  ['civil', 0.015],
] as const;

/** Ends of a custody without sentence, and of one with it. */
const freed = [
  'liberdade_provisoria',
  'alvara',
  'revogacao_preventiva',
  'relaxamento',
  'absolvicao',
] as const;
const served = ['progressao', 'livramento_condicional', 'termino_pena', 'alvara', 'fuga'] as const;

const outside: readonly (string | null)[] = ['domiciliar', 'aberto', 'tratamento_ambulatorial'];

/** Whether the person is behind walls now. */
export function isConfined({ isOpen, regime }: Life): boolean {
  return isOpen && !outside.includes(regime);
}

/** @param isCounted whether what is wrong with it is counted: once, though several tables ask */
export function lifeOf(state: State, id: number, isCounted = false): Life {
  const identity = identityOf(state, id);
  const rng = state.rng('life', id);
  const has: State['dirt']['has'] = (rng, name) =>
    isCounted ? state.dirt.has(rng, name) : state.dirt.silent(rng, name);
  // Since when it may have been in custody: grown up, and not for ever.
  const first = Math.min(identity.born - 6600, 9000);
  const natureza = kindOf(rng);
  const isOpen = rng.chance(0.6);
  const from = isOpen ? openSince(rng, natureza, first, has) : rng.integer(80, Math.min(first, 3000));
  const to = isOpen ? null : Math.max(1, from - lengthOf(rng, natureza));
  const isCondemned = natureza === 'condenacao';
  const regime = regimeOf(rng, natureza);
  const reason = isOpen ? null : isCondemned ? rng.pick(served) : rng.pick(freed);
  const home = regime === 'domiciliar';
  const unit =
    isOpen && !home ? openUnit(state, rng, identity.sexo, has) : unitFor(state, rng, identity.sexo);
  const whole = { unit, from, to, reason } satisfies Stay;
  const stays = staysOf(state, rng, whole, home ? null : identity.sexo);
  return {
    ...{ id, identity, natureza, regime, stays, isOpen },
    earlier: earlierOf(state, rng, from, first, identity.sexo),
  };
}

function kindOf(rng: Rng): string {
  let left = rng.fraction();
  for (const [kind, share] of kinds) if ((left -= share) < 0) return kind;
  return 'condenacao';
}

function openSince(rng: Rng, natureza: string, first: number, has: State['dirt']['has']): number {
  if (natureza === 'provisoria') {
    if (has(rng, 'over-180-days')) return rng.integer(182, Math.min(first, 700));
    return has(rng, 'over-90-days') ? rng.integer(92, 150) : rng.integer(5, 70);
  }
  if (natureza === 'temporaria') {
    if (has(rng, 'temporary-over-60-days')) return rng.integer(62, 200);
    return has(rng, 'temporary-over-10-days') ? rng.integer(12, 50) : rng.integer(1, 4);
  }
  if (natureza === 'civil')
    return has(rng, 'civil-over-three-months') ? rng.integer(94, 300) : rng.integer(5, 80);
  return rng.integer(100, Math.min(first, 4500));
}

function lengthOf(rng: Rng, natureza: string): number {
  if (natureza === 'temporaria') return rng.integer(3, 9);
  return natureza === 'condenacao' || natureza === 'medida_seguranca'
    ? rng.integer(70, 1500)
    : rng.integer(10, 400);
}

function regimeOf(rng: Rng, natureza: string): string | null {
  if (natureza === 'medida_seguranca') return rng.chance(0.8) ? 'internacao' : 'tratamento_ambulatorial';
  if (natureza !== 'condenacao') return null;
  const share = rng.fraction();
  if (share < 0.62) return 'fechado';
  if (share < 0.9) return 'semiaberto';
  return share < 0.95 ? 'aberto' : 'domiciliar';
}

function openUnit(state: State, rng: Rng, sexo: Sex, has: State['dirt']['has']): number {
  if (has(rng, 'unit-of-other-sex')) return unitFor(state, rng, sexo === 'M' ? 'F' : 'M', true);
  return has(rng, 'unit-closed') ? closedUnit : unitFor(state, rng, sexo);
}

/** Some were transferred meanwhile. @param sexo null for those at home, who are not */
function staysOf(state: State, rng: Rng, whole: Stay, sexo: Sex | null): Life['stays'] {
  const length = whole.from - (whole.to ?? 0);
  const moves = rng.chance(0.25);
  const [before, share] = [unitFor(state, rng, sexo ?? 'M'), rng.fraction()];
  if (!moves || sexo === null || length < 60 || before === whole.unit) return [whole];
  // Long enough ago that what should follow has followed, and time enough after it.
  const at = whole.from - 10 - Math.floor(share * (length - 55));
  return [
    { unit: before, from: whole.from, to: at, reason: 'transferencia' },
    { ...whole, from: at },
  ];
}

function earlierOf(state: State, rng: Rng, from: number, first: number, sexo: Sex): Stay | null {
  const to = from + rng.integer(40, 300);
  const length = rng.integer(20, 300);
  const unit = unitFor(state, rng, sexo);
  const reason = rng.pick(freed);
  return rng.chance(0.25) && to + length <= first ? { unit, from: to + length, to, reason } : null;
}
