import { cpf, padded, wrongCpf } from './documents.ts';
import { cpfOf, type Identity, identityOf, knownElsewhere, knownIn, namesOf } from './identity.ts';
import { isConfined, type Life, lifeOf } from './life.ts';
import { mistyped } from './people.ts';
import type { Rng } from './rng.ts';
import type { MadeRow } from './spelling.ts';
import { nobody, type State } from './state-rows.ts';

const visitorsOf = ({ custodiados }: State) => Math.max(1, Math.floor(custodiados / 2));
const lawyersOf = ({ custodiados }: State) => Math.max(2, Math.ceil(custodiados / 20));

/** Every second person has a visitor. */
function visitorOf(person: number): number | null {
  return person % 2 === 0 ? person / 2 : null;
}

export function* visitanteRows(state: State): Generator<MadeRow> {
  for (let id = 1; id <= visitorsOf(state); id++) yield visitanteRow(state, id);
}

function visitanteRow(state: State, id: number): MadeRow {
  const { people, dirt, clock, uf } = state;
  const rng = state.rng('visitante', id);
  const year = clock.day(7000 + rng.integer(0, 18_000)).slice(0, 4);
  const isDefault = dirt.has(rng, 'visitor-birth-default');
  const hasRg = rng.chance(0.8);
  const number = visitorCpf(state, rng, id);
  const held = number === null && dirt.has(rng, 'visitor-in-custody-by-name') ? heldPerson(state, rng) : null;
  return {
    id,
    nome: mistyped(rng, people.fullName(rng, rng.chance(0.25) ? 'M' : 'F')),
    nome_mae: rng.chance(0.1) ? null : people.fullName(rng, 'F'),
    data_nascimento: isDefault
      ? `${year}-01-01`
      : `${year}-${padded(rng.integer(2, 12), 2)}-${padded(rng.integer(1, 28), 2)}`,
    cpf: number,
    rg: hasRg ? String(rng.integer(100_000, 39_999_999)) : null,
    rg_orgao: hasRg ? 'SSP' : null,
    rg_uf: hasRg ? uf : null,
    ...held,
    ...(dirt.has(rng, 'visitor-known-elsewhere') ? knownPerson(state, rng) : null),
  };
}

/** Name, mother and birth of somebody whom other states know, with errors of their own. */
function knownPerson(state: State, rng: Rng): MadeRow | null {
  const known = knownElsewhere(state, rng.integer(1, Math.max(1, state.custodiados - 300)));
  if (known === null) return null;
  const { nome, nome_mae, data_nascimento } = knownIn(state, known);
  return {
    nome: nome ?? null,
    nome_mae: nome_mae ?? null,
    data_nascimento: data_nascimento ?? null,
    cpf: null,
  };
}

function visitorCpf(state: State, rng: Rng, id: number): string | null {
  const own = cpf(state.uf, 'visitante', id);
  if (state.dirt.has(rng, 'visitor-in-custody'))
    return heldCpf(state, rng.integer(1, state.custodiados)) ?? own;
  if (rng.chance(0.2)) return null;
  return state.dirt.has(rng, 'visitor-cpf-invalid') ? wrongCpf(own) : own;
}

/** Of the next person who is in custody and has one. */
function heldCpf(state: State, from: number): string | null {
  const held = nextHeld(state, from, ({ hasCpf }) => hasCpf);
  return held === null ? null : cpfOf(held);
}

/** Name, mother and birth of one who is in custody. */
function heldPerson(state: State, rng: Rng): MadeRow | null {
  const held = nextHeld(state, rng.integer(1, state.custodiados), ({ place }) => place === state.uf);
  if (held === null) return null;
  const { nome, nome_mae } = namesOf(state, held);
  return { nome, nome_mae, data_nascimento: state.clock.day(held.born) };
}

function nextHeld(state: State, from: number, is: (identity: Identity) => boolean): Identity | null {
  for (let person = from; person <= state.custodiados; person++) {
    const identity = identityOf(state, person);
    if (identity.entered === 'once' && is(identity) && isConfined(lifeOf(state, person))) return identity;
  }
  return null;
}

export function* advogadoRows(state: State): Generator<MadeRow> {
  const { people, dirt, uf } = state;
  for (let id = 1; id <= lawyersOf(state); id++) {
    const rng = state.rng('advogado', id);
    const nome = people.fullName(rng, rng.chance(0.55) ? 'M' : 'F');
    const isOfTwo = dirt.has(state.rng('oab of two', id | 1), 'oab-of-two');
    const digits = String(1000 + (isOfTwo ? id | 1 : id) * 7);
    const forms = [digits, digits, padded(Number(digits), 6), `${uf} ${digits}`] as const;
    // They need none.
    const isDefender = !isOfTwo && rng.chance(0.1);
    const isMissing = isDefender || (!isOfTwo && dirt.has(rng, 'oab-missing'));
    yield {
      ...{ id, nome: isOfTwo || rng.chance(0.95) ? nome : `DR. ${nome}` },
      categoria: isDefender ? 'defensor_publico' : rng.pick(['advogado', 'advogado', null]),
      oab_numero: isMissing ? rng.pick([null, '', 'NAO INFORMADO']) : rng.pick(forms),
      oab_uf: isDefender ? null : uf,
      cpf: rng.chance(0.8) ? cpf(uf, 'advogado', id) : null,
    };
  }
}

export function* vinculoRows(state: State): Generator<MadeRow> {
  const { dirt, clock } = state;
  let id = 0;
  for (let person = 1; person <= state.custodiados; person++) {
    const rng = state.rng('vinculo', person);
    const [visitor, begin] = [visitorOf(person), clock.day(lifeOf(state, person).stays[0].from)];
    const row = (pessoa_tipo: string, pessoa_id: number, parentesco: string | null): MadeRow => ({
      ...{ id: ++id, custodiado_id: person, pessoa_tipo, pessoa_id, parentesco },
      ...{ situacao: 'ativo', inicio: begin, fim: null },
    });
    if (visitor !== null) {
      yield row('visitante', visitor, rng.pick(['mae', 'conjuge', 'irmao', 'filho', 'amigo', null]));
    }
    if (rng.chance(0.12)) yield row('advogado', rng.integer(1, lawyersOf(state)), null);
    if (dirt.has(rng, 'link-to-nobody')) yield row('visitante', nobody(rng), null);
  }
}

/** Visits while a person is in custody, each by who has a bond with it and where it is. @param perPerson on average */
export function* visitaRows(state: State, perPerson: number): Generator<MadeRow> {
  let id = 0;
  for (let person = 2; person <= state.custodiados; person += 2) {
    const life = lifeOf(state, person);
    // At home nobody is asked for a permit.
    if (life.regime === 'domiciliar') continue;
    const rng = state.rng('visita', person);
    for (const row of visitsOf(state, rng, life, rng.integer(0, perPerson * 4))) {
      yield { id: ++id, custodiado_id: person, ...row };
    }
  }
}

function* visitsOf(state: State, rng: Rng, life: Life, most: number): Generator<Omit<MadeRow, 'id'>> {
  const { clock, dirt, units } = state;
  const { stays, earlier } = life;
  const visitante_id = visitorOf(life.id) ?? 0;
  const held = stays.map(({ from, to }) => from - (to ?? 0) - 1);
  const days = held.reduce((sum, each) => sum + each, 0);
  const visits = Math.min(most, Math.floor(days / 2));
  const elsewhere = (unit: number) =>
    otherThan(
      [...stays, ...(earlier === null ? [] : [earlier])].map((stay) => stay.unit),
      unit,
      units,
    );
  for (let visit = 0; visit < visits; visit++) {
    // Each on a day of its own, and none on the day of a transfer.
    const offset = Math.floor(((visit + rng.fraction() * 0.5) * days) / visits);
    const [stay, at] =
      offset < (held[0] ?? 0) ? [stays[0], offset] : [stays.at(-1) ?? stays[0], offset - (held[0] ?? 0)];
    const instante = clock.instantOn(rng, stay.from - 1 - at);
    const row = { visitante_id, unidade_id: stay.unit, instante };
    if (dirt.has(rng, 'visit-in-other-unit')) yield { ...row, unidade_id: elsewhere(stay.unit) };
    else if (dirt.has(rng, 'visit-without-link'))
      yield { ...row, visitante_id: strangerTo(state, rng, visitante_id) };
    else yield row;
    if (!instante.includes(' 00:') && dirt.has(rng, 'visitor-in-two-places')) {
      yield { ...row, unidade_id: elsewhere(stay.unit), instante: instante.replace(/:\d\d:/, ':59:') };
    }
    if (dirt.has(rng, 'visit-outside-custody')) {
      const day = (earlier ?? stays[0]).from + rng.integer(30, 400);
      yield { ...row, instante: clock.instantOn(rng, day) };
    }
    if (dirt.has(rng, 'visit-of-nobody')) yield { ...row, custodiado_id: nobody(rng) };
  }
}

function otherThan(these: readonly number[], from: number, units: number): number {
  for (let step = 1; step < units; step++) {
    const unit = ((from + step - 1) % units) + 1;
    if (!these.includes(unit)) return unit;
  }
  return from;
}

/** A visitor of somebody else's. */
function strangerTo(state: State, rng: Rng, visitor: number): number {
  const other = rng.integer(1, visitorsOf(state));
  return other === visitor ? (other % visitorsOf(state)) + 1 : other;
}
