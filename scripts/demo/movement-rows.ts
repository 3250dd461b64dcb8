import { type Life, lifeOf, type Stay } from './life.ts';
import { freeText } from './people.ts';
import type { Rng } from './rng.ts';
import type { Made, MadeRow } from './spelling.ts';
import { nobody, type State } from './state-rows.ts';

const reasons = [
  ...(['DETERMINAÇÃO JUDICIAL', 'SEGURANÇA DA UNIDADE', 'AUDIÊNCIA DE CUSTÓDIA', 'TRATAMENTO'] as const),
] as const;

export function* movimentacaoRows(state: State): Generator<MadeRow> {
  let id = 0;
  for (let person = 1; person <= state.custodiados; person++) {
    const rng = state.rng('movimentacao', person);
    for (const row of movementsOf(state, rng, lifeOf(state, person))) {
      id += 1;
      yield { id, custodiado_id: person, motivo: freeText(rng, [...reasons]), ...row };
    }
  }
}

type Movement = Omit<MadeRow, 'id' | 'motivo'>;

/** What brought a person in and out, as its custodies have it, and where it went meanwhile. */
function* movementsOf(state: State, rng: Rng, life: Life): Generator<Movement> {
  const { clock, dirt } = state;
  const move = (tipo: string, daysAgo: number, from: Made, to: Made): Movement => ({
    tipo,
    instante: clock.instantOn(rng, daysAgo),
    unidade_origem_id: from,
    unidade_destino_id: to,
  });
  const { earlier, stays } = life;
  const [first, second] = stays;
  const last: Stay = second ?? first;
  const begin = earlier?.from ?? first.from;
  if (dirt.has(rng, 'movement-outside-custody'))
    yield move('escolta', begin + rng.integer(30, 400), first.unit, null);
  if (earlier !== null) {
    yield move('entrada', earlier.from, null, earlier.unit);
    yield move('saida', earlier.to ?? 0, earlier.unit, null);
  }
  yield move('entrada', first.from, dirt.has(rng, 'origin-unknown') ? nobody(rng) : null, first.unit);
  const length = first.from - (first.to ?? 0);
  if (length > 3 && dirt.has(rng, 'entry-twice')) yield move('entrada', first.from - 1, null, first.unit);
  else if (length > 20 && rng.chance(0.3)) {
    const at = first.from - rng.integer(2, length - 2);
    yield move('escolta', at, first.unit, null);
    yield move('retorno', at - 1, null, first.unit);
  }
  if (second !== undefined)
    yield move('transferencia', second.from, first.unit, destinationOf(state, rng, first, second));
  if (last.to !== null) yield move('saida', last.to, last.unit, null);
  else if (dirt.has(rng, 'movement-in-future')) yield move('escolta', -rng.integer(20, 700), last.unit, null);
  if (dirt.has(rng, 'movement-of-nobody'))
    yield { ...move('escolta', 100, 1, null), custodiado_id: nobody(rng) };
}

function destinationOf({ dirt, units }: State, rng: Rng, from: Stay, to: Stay): Made {
  if (dirt.has(rng, 'transfer-nowhere')) return rng.pick([null, from.unit]);
  if (!dirt.has(rng, 'transfer-not-followed')) return to.unit;
  // Another unit: there are four at the least.
  return (
    [1, 2, 3, 4].map((step) => ((to.unit + step - 1) % units) + 1).find((unit) => unit !== from.unit) ?? null
  );
}
