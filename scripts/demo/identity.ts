import { cpf, rji } from './documents.ts';
import type { Sex, Uf } from './people.ts';
import type { Rng } from './rng.ts';
import type { MadeRow } from './spelling.ts';
import type { State } from './state-rows.ts';

/** Whose register it is. */
export interface Identity {
  /** A person of this state's own, or one who is known in two. */
  readonly place: Uf | 'national';
  readonly number: number;
  /** `twice`: there is another register of the same person in the state; `otherwise`: with other spellings. */
  readonly entered: 'once' | 'twice' | 'otherwise';
  readonly sexo: Sex;
  /** In days before today: at least twenty years. */
  readonly born: number;
  /** Of one who is known in two states: another one registered them first. */
  readonly isFurther: boolean;
  /** Number of an earlier person of the state, of whom it is a twin. */
  readonly twinOf: number | null;
  readonly hasCpf: boolean;
  readonly hasRji: boolean;
}

/** Who is known in two states, and in which. */
const known = 0.03;
const twoStates: readonly [string, ...string[]] = ['AL RO', 'AL MS', 'RO MS'];

/** Who this register is of. It is asked for by every table that tells of the person, and costs little. */
export function identityOf(state: State, id: number, isCounted = false): Identity {
  const own = ownIdentity(state, id);
  if (own.place === 'national') return own;
  const rng = state.rng('entered twice', id);
  const has = isCounted ? state.dirt.has.bind(state.dirt) : state.dirt.silent.bind(state.dirt);
  // Not among the first: there has to be somebody before.
  if (id <= 50) return own;
  if (has(rng, 'registered-twice')) return { ...before(state, id, rng), entered: 'twice' };
  if (has(rng, 'registered-twice-otherwise')) return { ...before(state, id, rng), entered: 'otherwise' };
  if (has(rng, 'twin')) {
    const twin = before(state, id, rng);
    return { ...own, born: twin.born, twinOf: twin.number };
  }
  return own;
}

/** Somebody who came a while before and has a CPF, of the state's own. */
function before(state: State, id: number, rng: Rng): Identity {
  for (let at = id - rng.integer(1, 30); at > 1; at--) {
    const other = ownIdentity(state, at);
    if (other.hasCpf && other.place !== 'national') return other;
  }
  return ownIdentity(state, 1);
}

/** The next of those whom two other states know; null where there is none. */
export function knownElsewhere(state: State, from: number): Identity | null {
  for (let number = from; number <= state.custodiados; number++) {
    const states = statesOf(state.nationalRng('known in two', number));
    if (state.known === null || states === '' || states.includes(state.uf)) continue;
    return { ...ownIdentity({ ...state, uf: states.slice(0, 2) as Uf }, number), isFurther: true };
  }
  return null;
}

const statesOf = (nation: Rng) => (nation.chance(known) ? nation.pick(twoStates) : '');

function ownIdentity(state: State, id: number): Identity {
  const nation = state.nationalRng('known in two', id);
  const states = statesOf(nation);
  // Who is known in two is never told alike in both.
  const isNational = state.known !== null && state.dirt.any && states.includes(state.uf);
  const rng = isNational ? nation : state.rng('person', id);
  return {
    place: isNational ? 'national' : state.uf,
    number: id,
    entered: 'once',
    isFurther: isNational && !states.startsWith(state.uf),
    twinOf: null,
    sexo: isNational ? (state.known?.sexOf(id) ?? 'M') : rng.chance(0.94) ? 'M' : 'F',
    born: 7300 + Math.floor(rng.fraction() * rng.fraction() * 18_000),
    // Its registers may be without: see `knownIn`.
    hasCpf: !isNational && rng.chance(0.7),
    hasRji: rng.chance(0.7),
  };
}

export interface PersonNames {
  readonly nome: string;
  readonly nome_mae: string;
  readonly nome_pai: string;
}

/** Choices about the person, wherever it is registered. */
export function personRng(state: State, { place, number }: Identity, stream: string): Rng {
  return place === 'national' ? state.nationalRng(stream, number) : state.rng(stream, number);
}

export function namesOf(state: State, identity: Identity): PersonNames {
  const rng = personRng(state, identity, 'names');
  const names = {
    nome: state.people.fullName(rng, identity.sexo),
    nome_mae: state.people.fullName(rng, 'F'),
    nome_pai: state.people.fullName(rng, 'M'),
  };
  if (identity.twinOf === null) return names;
  const twin = namesOf(state, { ...identity, number: identity.twinOf, twinOf: null });
  const surnames = twin.nome.split(' ').slice(1).join(' ');
  return { ...twin, nome: `${names.nome.split(' ', 1)[0]} ${surnames}` };
}

export function cpfOf({ place, number }: Identity): string {
  return cpf(place, 'custodiado', number);
}

export function rjiOf({ place, number }: Identity): string {
  return rji(place, number);
}

/** Somebody whom two states know, as this one has them; nothing where the states know nobody in common. */
export function knownIn(state: State, identity: Pick<Identity, 'number' | 'born' | 'isFurther'>): MadeRow {
  const { number, born, isFurther } = identity;
  const who = { number, isFurther, birth: state.clock.day(born) };
  const first = state.nationalRng('first register', number);
  return state.known?.registerOf(who, first, state.rng('known in two', number)) ?? {};
}
