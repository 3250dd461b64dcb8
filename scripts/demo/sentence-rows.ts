import { cnjNumber } from './documents.ts';
import { type Life, lifeOf } from './life.ts';
import type { Rng } from './rng.ts';
import { type Sentence, sentenceOf } from './sentence.ts';
import type { Made, MadeRow } from './spelling.ts';
import { nobody, type State } from './state-rows.ts';

/** Everyone in custody has a process, numbered as they are. */
export function* processoRows(state: State): Generator<MadeRow> {
  for (let id = 1; id <= state.custodiados; id++) yield processoRow(state, id);
}

function processoRow(state: State, id: number): MadeRow {
  const { clock, dirt, people } = state;
  const rng = state.rng('processo', id);
  const life = lifeOf(state, id);
  const minimum = rng.pick([12, 24, 48, 60, 144, null]);
  // Not before the person was grown up, and before it came in.
  const grown = life.identity.born - 6580;
  const fact = Math.min(life.stays[0].from + rng.integer(1, 700), grown);
  return {
    id,
    custodiado_id: id,
    numero_cnj: numberOf(state, rng, id, Number(clock.day(fact).slice(0, 4))),
    orgao: `${rng.integer(1, 17)}ª VARA CRIMINAL DE ${rng.pick(people.municipalities).name.toUpperCase()}`,
    tipo_penal: rng.pick(['3419', '3416', '3608', '3372', '3633', '', null]),
    pena_minima_meses: minimum,
    pena_maxima_meses: minimum === null ? null : minimum * rng.pick([2, 3, 5]),
    data_fato: clock.day(dirt.has(rng, 'fact-in-future') ? -rng.integer(30, 900) : fact),
  };
}

function numberOf({ dirt, uf }: State, rng: Rng, id: number, year: number): Made {
  if (dirt.has(rng, 'process-missing')) return rng.pick([null, '', 'NAO INFORMADO']);
  const isElsewhere = dirt.has(rng, 'process-of-other-state');
  const valid = cnjNumber(uf, id, Math.max(2010, year), isElsewhere);
  if (!isElsewhere && dirt.has(rng, 'process-invalid')) return valid.replace(/-\d\d/, '-00');
  return rng.chance(0.12) ? valid.replace(/\D/g, '') : valid;
}

export function* penaRows(state: State): Generator<MadeRow> {
  let id = 0;
  for (let person = 1; person <= state.custodiados; person++) {
    const sentence = sentenceOf(state, lifeOf(state, person), true);
    if (sentence !== null && !sentence.isMissing) yield { id: ++id, ...penaRow(state, person, sentence) };
  }
}

function penaRow(state: State, person: number, sentence: Sentence): MadeRow {
  const { clock, dirt } = state;
  const rng = state.rng('pena', person);
  const { begin, end, years, months, days, remitted, detraction, interruption } = sentence;
  const row = {
    ...{ custodiado_id: person, processo_id: person, anos: years, meses: months, dias: days },
    inicio: clock.day(begin),
    termino_previsto: clock.day(end),
    ...{ dias_remidos: remitted, dias_detracao: detraction, dias_interrupcao: interruption },
  };
  if (dirt.has(rng, 'sentence-of-other-process')) return { ...row, processo_id: nobody(rng) };
  if (dirt.has(rng, 'sentence-ends-before'))
    return { ...row, termino_previsto: clock.day(begin + rng.integer(30, 900)) };
  if (dirt.has(rng, 'sentence-end-wrong'))
    return { ...row, termino_previsto: clock.day(end - rng.integer(60, 500)) };
  if (end < begin - 40 && dirt.has(rng, 'term-zero')) {
    return { ...row, anos: 0, meses: 0, dias: 0, dias_remidos: 0, dias_detracao: 0 };
  }
  if (remitted === 0 && dirt.has(rng, 'remission-unearned'))
    return { ...row, dias_remidos: rng.integer(5, 25) };
  // Half days are real: they come of study.
  return rng.chance(0.1) && remitted > 0 ? { ...row, dias_remidos: remitted + 0.5 } : row;
}

/** The court's decisions on what was worked or studied. */
export function* remicaoRows(state: State): Generator<MadeRow> {
  let id = 0;
  for (let person = 1; person <= state.custodiados; person++) {
    const life = lifeOf(state, person);
    const remitted = sentenceOf(state, life)?.remitted ?? 0;
    if (remitted === 0) continue;
    const rng = state.rng('remicao', person);
    const [from, to] = heldOf(life);
    yield {
      ...{ id: ++id, custodiado_id: person },
      tipo: rng.pick(['trabalho', 'trabalho', 'estudo', 'leitura']),
      dias: remitted,
      inicio: state.clock.day(from),
      fim: state.clock.day(to),
      homologada_em: rng.chance(0.3) ? null : state.clock.day(to),
    };
  }
}

function heldOf({ stays }: Life): readonly [from: number, to: number] {
  return [stays[0].from, stays.at(-1)?.to ?? 0];
}

export function* trabalhoEstudoRows(state: State): Generator<MadeRow> {
  let id = 0;
  for (let person = 1; person <= state.custodiados; person++) {
    const life = lifeOf(state, person);
    const remitted = sentenceOf(state, life)?.remitted ?? 0;
    if (remitted === 0) continue;
    const rng = state.rng('trabalho_estudo', person);
    const [from, to] = heldOf(life);
    yield {
      ...{ id: ++id, custodiado_id: person },
      tipo: rng.pick(['trabalho_interno', 'trabalho_externo', 'estudo', 'leitura']),
      inicio: state.clock.day(from),
      fim: rng.chance(0.4) && life.isOpen ? null : state.clock.day(to),
      dias: rng.chance(0.2) ? null : remitted * 3,
      horas: rng.chance(0.5) ? null : rng.integer(0, 900),
    };
  }
}

export function* faltaDisciplinarRows(state: State): Generator<MadeRow> {
  for (const { id, person, rng, day } of somewhere(state, 'falta_disciplinar', 0.1)) {
    const { earlier, stays } = lifeOf(state, person);
    const isOutside = state.dirt.has(rng, 'fault-outside-custody');
    const begin = isOutside ? (earlier ?? stays[0]).from + rng.integer(20, 300) : day;
    yield {
      ...{ id, custodiado_id: person },
      tipo: rng.pick(['POSSE DE CELULAR', 'DESOBEDIÊNCIA', 'Fuga', 'DANO AO PATRIMÔNIO']),
      natureza: rng.pick(['leve', 'media', 'grave']),
      inicio: state.clock.day(begin),
      fim: isOutside || rng.chance(0.5) ? null : state.clock.day(day),
    };
  }
}

export function* saudeRows(state: State): Generator<MadeRow> {
  for (const { id, person, rng, day } of somewhere(state, 'saude', 0.2)) {
    const isBackwards = state.dirt.has(rng, 'treatment-backwards');
    yield {
      ...{ id, custodiado_id: person },
      tipo: rng.pick(['CONSULTA', 'VACINAÇÃO', 'INTERNAÇÃO', 'EXAME DE CESSAÇÃO DE PERICULOSIDADE']),
      inicio: state.clock.day(day),
      fim: isBackwards
        ? state.clock.day(day + rng.integer(2, 300))
        : rng.chance(0.4)
          ? null
          : state.clock.day(day),
    };
  }
}

/** A day in custody for some of all people. */
function* somewhere(state: State, stream: string, share: number) {
  let id = 0;
  for (let person = 1; person <= state.custodiados; person++) {
    const rng = state.rng(stream, person);
    if (!rng.chance(share)) continue;
    const [from, to] = heldOf(lifeOf(state, person));
    yield { id: ++id, person, rng, day: rng.integer(to, from) };
  }
}
