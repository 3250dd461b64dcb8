import { padded, wrongCpf } from './documents.ts';
import {
  cpfOf,
  type Identity,
  identityOf,
  knownIn,
  namesOf,
  type PersonNames,
  personRng,
  rjiOf,
} from './identity.ts';
import { lifeOf } from './life.ts';
import { freeText, mistyped, withoutMarks } from './people.ts';
import type { Rng } from './rng.ts';
import { type Made, type MadeRow, Raw } from './spelling.ts';
import type { State } from './state-rows.ts';

const nobodyKnown: readonly [string, ...string[]] = [
  'NAO CONSTA',
  'NÃO CONSTA',
  'IGNORADA',
  'DESCONHECIDA',
  '-',
  '',
];
const nicknames = [
  ...(['GALEGO', 'ZÉ DA ROÇA', 'TONHÃO', 'PAULISTA', 'NIÑO', "D'ÁGUA", 'BIU', '€URO', 'ALEMÃO'] as const),
] as const;

export function* custodiadoRows(state: State): Generator<MadeRow> {
  for (let id = 1; id <= state.custodiados; id++) yield custodiadoRow(state, id);
}

export function custodiadoRow(of: State, id: number): MadeRow {
  const rng = of.rng('custodiado', id);
  const identity = identityOf(of, id, true);
  // Theirs have errors of their own.
  const state = identity.place === 'national' ? { ...of, dirt: of.dirt.none } : of;
  const names = namesAs(state, rng, identity);
  return {
    id,
    ...names,
    data_nascimento: birthOf(state, rng, id, identity),
    sexo: state.dirt.has(rng, 'sex-missing') ? rng.pick([null, new Raw(''), new Raw('I')]) : sexOf(identity),
    ...traitsOf(state, rng, identity),
    ...documentsOf(state, rng, id, identity),
    alcunhas: rng.chance(0.5) ? null : freeText(rng, [...nicknames]),
    ...(identity.place === 'national' ? knownRow(state, identity) : {}),
  };
}

/** What is said of somebody whom two states know. */
function knownRow(state: State, identity: Identity): MadeRow {
  const { uf: _uf, ...row } = knownIn(state, identity);
  return {
    ...row,
    ...{ nome_pai: null, sexo: sexOf(identity), rg_orgao: row.rg === null ? null : 'SSP' },
  };
}

const sexOf = ({ sexo }: Identity) => (sexo === 'M' ? 'masculino' : 'feminino');

/** As somebody entered them. Of who is there already, what differs is the second clerk's. */
function namesAs(state: State, rng: Rng, identity: Identity): Readonly<Record<keyof PersonNames, Made>> {
  const { dirt } = state;
  const names = namesOf(state, identity);
  if (identity.entered === 'twice') return { ...names, nome: withoutMarks(names.nome) };
  if (identity.entered === 'otherwise') return retyped(rng, names);
  const { nome, nome_mae } = names;
  return {
    nome: nameAs(state, rng, nome),
    nome_mae: motherAs(state, rng, nome, nome_mae),
    nome_pai: dirt.has(rng, 'father-is-mother')
      ? nome_mae
      : rng.chance(0.2)
        ? rng.pick([null, 'NAO CONSTA', ''])
        : mistyped(rng, names.nome_pai),
  };
}

function nameAs({ dirt }: State, rng: Rng, nome: string): Made {
  if (dirt.has(rng, 'name-missing')) return rng.pick([null, 'NAO INFORMADO', '']);
  if (dirt.has(rng, 'name-of-one-word')) return nome.split(' ')[0] ?? nome;
  if (dirt.has(rng, 'name-miscoded')) return miscoded(nome);
  if (dirt.has(rng, 'name-cut-at-50'))
    return `${nome} DE ALMEIDA CAVALCANTE DOS SANTOS GONÇALVES NASCIMENTO`.slice(0, 50);
  return mistyped(rng, nome);
}

function motherAs({ dirt }: State, rng: Rng, nome: string, nome_mae: string): Made {
  if (dirt.has(rng, 'mother-missing')) return rng.pick(nobodyKnown);
  return dirt.has(rng, 'mother-is-self') ? nome : mistyped(rng, nome_mae);
}

const windows = new TextDecoder('windows-1252');

/** UTF-8 that a client read as Windows' letters. */
function miscoded(name: string): string {
  return windows.decode(Buffer.from(/[^ -~]/.test(name) ? name : `${name} CONCEIÇÃO`, 'utf8'));
}

/** Typed from what was said: a letter doubled or lost, a surname left out. */
function retyped(rng: Rng, names: PersonNames): Readonly<Record<keyof PersonNames, Made>> {
  const words = withoutMarks(names.nome).split(' ');
  const way = rng.fraction();
  if (way < 0.4 && words.length > 3) words.splice(-2, 1);
  else if (way < 0.8) words[words.length - 1] = (words.at(-1) ?? '').replace(/S$|A$/, 'Z');
  else words[0] = `${words[0]?.slice(0, 2)}${words[0]?.slice(1)}`;
  return {
    nome: words.join(' '),
    nome_mae: withoutMarks(names.nome_mae),
    nome_pai: rng.chance(0.5) ? null : names.nome_pai,
  };
}

function birthOf(state: State, rng: Rng, id: number, { entered, born }: Identity): Made {
  const { dirt, clock } = state;
  const birth = clock.day(born);
  if (entered !== 'once') return birth;
  if (dirt.has(rng, 'birth-missing')) return null;
  if (dirt.has(rng, 'birth-zero')) return new Raw(rng.pick(['00/00/0000', '0000-00-00']));
  if (dirt.has(rng, 'birth-impossible')) return new Raw(rng.pick(['31/02/1990', '30/02/1985', '31/11/1979']));
  if (dirt.has(rng, 'birth-in-future')) return clock.day(-rng.integer(300, 3000));
  if (dirt.has(rng, 'birth-default')) return `${Number(birth.slice(0, 4)) - 1}-01-01`;
  if (dirt.has(rng, 'birth-of-many')) return '1980-06-15';
  const young = youngAt(state, id);
  if (young !== null && dirt.has(rng, 'under-age')) return clock.day(young);
  const isAmbiguous = Number(birth.slice(8)) <= 12;
  if (isAmbiguous && dirt.has(rng, 'birth-day-and-month-swapped')) return swapped(birth);
  // Nobody is born on a day that is taken for none.
  return birth.endsWith('-01-01') ? `${birth.slice(0, 9)}2` : birth;
}

/** A birth by which the person was seventeen when it came in; null for one who came in more than once. */
function youngAt(state: State, id: number): number | null {
  const { earlier, stays } = lifeOf(state, id);
  return earlier === null && stays.length === 1 ? stays[0].from + 17 * 365 + 100 : null;
}

function swapped(day: string): string {
  const other = `${day.slice(0, 4)}-${day.slice(8)}-${day.slice(5, 7)}`;
  return other.endsWith('-01-01') ? day : other;
}

function documentsOf(state: State, rng: Rng, id: number, identity: Identity): MadeRow {
  const { dirt, uf } = state;
  const hasRg = rng.chance(0.8);
  const digits = String(rng.integer(100_000, 39_999_999));
  return {
    cpf: custodiadoCpf(state, id, identity),
    rg: hasRg ? rgAs(state, rng, digits) : rng.pick([null, '', 'NAO POSSUI']),
    rg_orgao: hasRg ? rng.pick(['SSP', 'SSP', `SSP/${uf}`, 'DETRAN', '']) : null,
    rg_uf:
      hasRg && !dirt.has(rng, 'rg-without-state')
        ? rng.chance(0.9)
          ? uf
          : rng.pick(['SP', 'PE', 'MT'])
        : null,
    rji: rjiAs(state, rng, id, identity),
    infopen: rng.chance(0.6) ? null : String(rng.integer(100_000, 9_999_999)),
    registro_estadual: rng.chance(0.05) ? null : padded(id, 6),
  };
}

function rgAs({ dirt }: State, rng: Rng, digits: string): string {
  if (dirt.has(rng, 'rg-with-remark'))
    return `${digits} SEGUNDA VIA EXTRAVIADA BO ${rng.integer(1000, 9999)}`;
  return rng.chance(0.2) ? `${digits}-${rng.integer(0, 9)} SSP` : digits;
}

/** As the register has it; null where it has none. */
function custodiadoCpf(state: State, id: number, identity: Identity): string | null {
  const { dirt } = state;
  const rng = state.rng('cpf', id);
  if (identity.entered === 'twice') return null;
  if (identity.entered === 'otherwise') return cpfOf(identity);
  // Two who follow each other have one number.
  const two = id | 1;
  if (dirt.has(state.rng('cpf of two', two), 'cpf-of-two'))
    return cpfOf({ ...identity, place: state.uf, number: two });
  if (!identity.hasCpf) return rng.pick([null, null, '', '00000000000', '000.000.000-00']);
  const valid = cpfOf(identity);
  if (dirt.has(rng, 'cpf-invalid')) return wrongCpf(valid);
  return rng.chance(0.3) ? valid.replace(/(\d{3})(\d{3})(\d{3})(\d{2})/, '$1.$2.$3-$4') : valid;
}

function rjiAs(state: State, rng: Rng, id: number, identity: Identity): string | null {
  const { dirt } = state;
  if (identity.entered !== 'once') return null;
  const two = id | 1;
  if (dirt.has(state.rng('rji of two', two), 'rji-of-two'))
    return rjiOf({ ...identity, place: state.uf, number: two });
  if (!identity.hasRji) return null;
  const whole = rjiOf(identity);
  return dirt.has(rng, 'rji-cut') ? whole.slice(0, -3) : whole;
}

function traitsOf(state: State, rng: Rng, identity: Identity): MadeRow {
  const { people, dirt } = state;
  const own = personRng(state, identity, 'traits');
  return {
    nome_social: rng.chance(0.99) ? null : people.fullName(rng, 'F'),
    genero: rng.chance(0.7)
      ? identity.sexo === 'M'
        ? 'homem_cis'
        : 'mulher_cis'
      : rng.pick([null, 'NAO INFORMADO']),
    cor_raca: own.pick(['parda', 'parda', 'preta', 'branca', 'amarela', 'indigena', null]),
    estado_civil: own.pick(['solteiro', 'casado', 'uniao_estavel', 'divorciado', 'viuvo', null]),
    escolaridade: own.pick([
      'fundamental_incompleto',
      'fundamental_completo',
      'medio_completo',
      'analfabeto',
      null,
    ]),
    nacionalidade: own.chance(0.98) ? 'BRASILEIRA' : own.pick(['PARAGUAIA', 'BOLIVIANA', 'ESPAÑOLA', '']),
    naturalidade_ibge: dirt.has(rng, 'birthplace-unknown')
      ? rng.pick(['2799999', '1234567'])
      : own.chance(0.95)
        ? own.pick(people.municipalities).code
        : null,
  };
}

/** Under which other names a person is known: one in ten. */
export function* outroNomeRows(state: State): Generator<MadeRow> {
  let id = 0;
  for (let custodiado_id = 1; custodiado_id <= state.custodiados; custodiado_id++) {
    const rng = state.rng('outro_nome', custodiado_id);
    if (!rng.chance(0.1)) continue;
    const nome = state.people.fullName(rng, identityOf(state, custodiado_id).sexo);
    yield {
      id: ++id,
      custodiado_id,
      nome: state.dirt.has(rng, 'other-name-missing') ? null : nome,
      tipo: rng.pick(['nome_anterior', 'nome_falso', 'grafia', null]),
    };
  }
}
