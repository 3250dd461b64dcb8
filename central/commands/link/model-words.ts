import { wrapped } from '../../status/wrapped.ts';
import type { Model, ModelLevel } from '../../treat/link/model/model.ts';
import { comparisonName } from '../../words/comparison-names.ts';
import { bitsText, levelName } from '../../words/pair-words.ts';

const count = new Intl.NumberFormat('pt-BR', { maximumFractionDigits: 0 });
const error = new Intl.NumberFormat('pt-BR', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** What of a level was never seen, so that what was held likely before stands in its place. */
const kept: Readonly<Record<ModelLevel['kept'], string>> = {
  none: '',
  m: 'nunca visto numa pessoa só',
  u: 'nunca visto por acaso',
  both: 'nunca visto',
};

/** A model as a table that fits 80 columns: bits of each level, how sure they are, and in how many pairs it was seen. */
export function modelLines({ registers, randomPairs, lessons, prior, comparisons }: Model): string[] {
  const pairs = lessons.reduce((sum, lesson) => sum + lesson.pairs, 0);
  const of = `Aprendido de ${count.format(registers)} registros: ${count.format(pairs)} pares de ${lessons.length} buscas, e ${count.format(randomPairs)} ao acaso. De partida, ${bitsText(prior)} bits.`;
  const unseen = comparisons.filter(({ levels }) => levels.every((level) => level.kept === 'both'));
  const seen = comparisons.filter((comparison) => !unseen.includes(comparison));
  return [
    ...wrapped(of, ''),
    `${'comparação e nível'.padEnd(40)}${'bits'.padStart(6)}  ${'±'.padEnd(4)} ${'pares'.padStart(9)}`,
    ...seen.flatMap(({ name, levels }) => [comparisonName(name), ...levels.map(levelLine)]),
    ...(unseen.length === 0
      ? []
      : wrapped(
          `Nunca vistos, com o peso de partida: ${unseen.map(({ name }) => comparisonName(name)).join(', ')}.`,
          '',
        )),
  ];
}

function levelLine(level: ModelLevel): string {
  const { name, weight, seenM } = level;
  const sure = level.error === null ? '' : error.format(level.error);
  const text = `  ${levelName(name).padEnd(38)}${bitsText(weight).padStart(6)}  ${sure.padEnd(4)}`;
  return level.kept === 'none' ? `${text} ${count.format(seenM).padStart(9)}` : `${text} ${kept[level.kept]}`;
}
