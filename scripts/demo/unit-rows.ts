import { padded } from './documents.ts';
import type { Sex, Uf } from './people.ts';
import type { Rng } from './rng.ts';
import type { Made, MadeRow } from './spelling.ts';
import type { State } from './state-rows.ts';

/** The unit that is closed: there is always one. */
export const closedUnit = 2;

function isClosed(unit: number): boolean {
  return unit % 20 === closedUnit;
}

function sexOf(unit: number): 'masculino' | 'feminino' | 'misto' {
  if (unit % 10 === 3) return 'feminino';
  return unit % 10 === 6 ? 'misto' : 'masculino';
}

/** A unit that takes people of this sex. @param alone those of this sex alone */
export function unitFor({ units }: State, rng: Rng, sexo: Sex, alone = false): number {
  const wanted = sexo === 'M' ? 'masculino' : 'feminino';
  let unit = rng.integer(1, units);
  for (;;) {
    const takes = sexOf(unit);
    if (!isClosed(unit) && (takes === wanted || (takes === 'misto' && !alone))) return unit;
    unit = (unit % units) + 1;
  }
}

const postalCodes: Readonly<Record<Uf, string>> = { AL: '57', RO: '76', MS: '79' };
const neighbours: Readonly<Record<Uf, string>> = { AL: '50', RO: '69', MS: '78' };

export function* unidadeRows(state: State): Generator<MadeRow> {
  for (let id = 1; id <= state.units; id++) yield unidadeRow(state, id);
}

function unidadeRow(state: State, id: number): MadeRow {
  const { people, dirt, uf } = state;
  const rng = state.rng('unidade', id);
  const city = rng.pick(people.municipalities);
  const place = city.name.toUpperCase();
  const isElsewhere = dirt.has(rng, 'postal-code-of-other-state');
  const postal =
    uf === 'RO' ? `${postalCodes[uf]}${rng.integer(800, 999)}` : `${postalCodes[uf]}${rng.integer(100, 999)}`;
  return {
    id,
    nome: nameOf(state, rng, id, place),
    tipo: rng.pick(['penitenciaria', 'penitenciaria', 'cadeia_publica', 'centro_detencao']),
    sexo: sexOf(id),
    municipio_ibge: city.code,
    cep: isElsewhere ? `${neighbours[uf]}${rng.integer(100, 999)}-000` : `${postal}-000`,
    ...placesOf(state, rng, id),
    situacao: isClosed(id) ? 'desativada' : 'em_uso',
  };
}

function nameOf({ people }: State, rng: Rng, id: number, place: string): string {
  const named = rng.pick([
    `PRESÍDIO "DR. ${people.fullName(rng, 'M')}"`,
    `CADEIA PÚBLICA DE SANT'ANA - ${place}`,
  ]);
  const plain = rng.pick([`PENITENCIÁRIA DE ${place}`, `CADEIA PÚBLICA DE ${place}`, `Presídio ${place}`]);
  // Those that others are like to read first break a badly made export.
  return id <= 2 || rng.chance(0.2) ? named : plain;
}

/** By the people that a unit of average size has, with room to spare; in some, not for all who await judgement. */
function placesOf({ dirt }: State, rng: Rng, id: number): Readonly<Record<string, Made>> {
  const none = !isClosed(id) && dirt.has(rng, 'no-places');
  const isCrowded = !isClosed(id) && sexOf(id) === 'masculino' && !none && dirt.has(rng, 'overcrowded');
  const places = (expected: number): Made => (none ? 0 : Math.ceil(expected * (1.5 + rng.fraction())));
  return {
    vagas_provisorio: isCrowded ? rng.integer(5, 20) : places(200),
    vagas_fechado: places(300),
    vagas_semiaberto: places(150),
    vagas_aberto: places(60),
    vagas_rdd: none ? 0 : rng.pick([12, 20, 30]),
    vagas_medida_seguranca: places(40),
    vagas_outros: places(30),
  };
}

/** Where a unit's cells are. */
export function cellOf(rng: Rng): { readonly ala: Made; readonly cela: Made } {
  return {
    ala: rng.pick(['A', 'B', 'C', 'ALA "1"', '', null]),
    cela: rng.chance(0.8) ? padded(rng.integer(1, 60), 2) : null,
  };
}
