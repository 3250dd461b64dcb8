import { type Life, lifeOf, type Stay } from './life.ts';
import type { Rng } from './rng.ts';
import { type Made, type MadeRow, Raw, regimeWords } from './spelling.ts';
import { nobody, type State } from './state-rows.ts';
import { cellOf, closedUnit } from './unit-rows.ts';

export function* custodiaRows(state: State): Generator<MadeRow> {
  let id = 0;
  for (let person = 1; person <= state.custodiados; person++) {
    for (const row of custodiesOf(state, person)) yield { id: ++id, ...row };
  }
}

function* custodiesOf(state: State, person: number): Generator<MadeRow> {
  const life = lifeOf(state, person, true);
  const rng = state.rng('custodia', person);
  if (life.earlier !== null) yield earlierRow(state, rng, life, life.earlier);
  for (const stay of life.stays) yield custodiaRow(state, rng, life, stay);
  if (state.dirt.has(rng, 'custody-of-nobody')) {
    const stay = { unit: 1, from: 900, to: 850, reason: 'alvara' };
    yield { ...plainRow(state, rng, stay, 'provisoria', null), custodiado_id: nobody(rng) };
  }
}

/** A stay in a custody of a kind, as it should be told. */
function plainRow({ clock }: State, rng: Rng, stay: Stay, natureza: string, regime: string | null): MadeRow {
  const arrested = stay.from + (natureza === 'temporaria' ? 0 : rng.pick([0, 0, 0, 1, 2]));
  const told = Math.max(0, arrested - rng.integer(0, 2));
  const isMeasure = natureza === 'medida_seguranca' && rng.chance(0.5);
  return {
    unidade_id: stay.unit,
    entrada: clock.day(stay.from),
    saida: stay.to === null ? null : clock.day(stay.to),
    motivo_saida: stay.reason,
    natureza,
    regime: regime ?? regimeWords(rng, natureza),
    monitoracao: regime === 'domiciliar',
    rdd: false,
    ...cellOf(rng),
    data_prisao: clock.day(arrested),
    aviso_familia: clock.day(told),
    aviso_defensor: clock.day(told),
    conduta: rng.pick(['otima', 'boa', 'boa', 'regular', 'ma', null, 'NÃO INFORMADO']),
    conduta_em: rng.chance(0.6) ? null : clock.day(stay.to ?? 0),
    exame_cessacao: isMeasure ? rng.pick(['cessada', 'nao_cessada', 'inconclusivo']) : null,
    exame_cessacao_em: isMeasure ? clock.day(stay.to ?? 0) : null,
    so_atual: false,
  };
}

/** The present or last custody, with what may be wrong with it. */
export function custodiaRow(state: State, rng: Rng, life: Life, stay: Stay): MadeRow {
  const { dirt, clock } = state;
  const { natureza, regime } = life;
  const row = { ...plainRow(state, rng, stay, natureza, regime), custodiado_id: life.id };
  if (stay.to === null) {
    if (dirt.has(rng, 'notice-missing'))
      return { ...row, [rng.pick(['aviso_familia', 'aviso_defensor'])]: null };
  } else if (stay.reason !== 'transferencia') {
    if (dirt.has(rng, 'exit-without-reason'))
      return { ...row, motivo_saida: rng.pick([null, 'NÃO INFORMADO']) };
    if (dirt.has(rng, 'exit-in-future')) return { ...row, saida: clock.day(-rng.integer(40, 700)) };
  }
  // Its regime would say it.
  if (stay.to !== null && natureza !== 'condenacao' && dirt.has(rng, 'kind-missing'))
    return { ...row, natureza: null, regime: null };
  if (natureza === 'provisoria' && dirt.has(rng, 'regime-of-another-kind'))
    return { ...row, regime: 'aberto' };
  if (natureza === 'condenacao' && dirt.has(rng, 'regime-unknown')) {
    return { ...row, regime: new Raw('SEMI-ABERTO HARMONIZADO') };
  }
  return row;
}

/** A custody before, of a person who awaited judgement: what is wrong with its days touches no visit. */
function earlierRow(state: State, rng: Rng, life: Life, stay: Stay): MadeRow {
  const { dirt, clock } = state;
  const row = { ...plainRow(state, rng, stay, 'provisoria', null), custodiado_id: life.id };
  const [next] = life.stays;
  const end = life.stays.at(-1)?.to ?? 0;
  if (dirt.has(rng, 'exit-before-entry'))
    return { ...row, saida: clock.day(stay.from + rng.integer(5, 400)) };
  if (dirt.has(rng, 'unit-unknown')) return { ...row, unidade_id: nobody(rng) };
  if (dirt.has(rng, 'unit-missing')) return { ...row, unidade_id: null };
  if (dirt.has(rng, 'entry-in-words')) return { ...row, entrada: new Raw('MEADOS DE 2015') };
  if (dirt.has(rng, 'entry-before-birth')) return { ...row, entrada: clock.day(life.identity.born + 400) };
  if (dirt.has(rng, 'after-death')) return { ...row, motivo_saida: 'obito' };
  const canBeOpen =
    life.isOpen && life.stays.every(({ unit }) => unit !== stay.unit) && next.unit !== closedUnit;
  if (canBeOpen && life.stays.length === 1 && dirt.has(rng, 'open-in-two')) {
    return { ...row, saida: null, motivo_saida: null };
  }
  const overlaps = next.from - 5 > (next.to ?? end);
  if (overlaps && dirt.has(rng, 'overlap')) return { ...row, saida: clock.day(next.from - 3) };
  return row;
}

export function* fotoRows(state: State): Generator<MadeRow> {
  let id = 0;
  for (let person = 1; person <= state.custodiados; person++) {
    const { isOpen, stays, regime } = lifeOf(state, person);
    const rng = state.rng('foto', person);
    const isHome = regime === 'domiciliar';
    const isMissing = isOpen && !isHome && stays[0].from > 10 && state.dirt.has(rng, 'photo-missing');
    const kinds = [
      ...(isMissing ? [] : ['frente']),
      ...(rng.chance(0.3) ? ['perfil'] : []),
      ...(rng.chance(0.1) ? ['sinal'] : []),
    ];
    for (const tipo of isOpen || rng.chance(0.3) ? kinds : []) {
      id += 1;
      yield {
        id,
        custodiado_id: person,
        tipo,
        data: state.clock.day(stays[0].from),
        endereco: addressOf(state, id, tipo),
      };
    }
  }
}

function addressOf({ uf }: State, id: number, tipo: string): Made {
  const [folder, file] = [id % 100, id].map((number, at) => String(number).padStart(at === 0 ? 2 : 9, '0'));
  return `/fotos/${uf.toLowerCase()}/${folder}/${file}-${tipo}.jpg`;
}
