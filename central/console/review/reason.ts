import type { ExplainedPair } from '../../treat/linking/explain-person.ts';
import { comparisonName } from '../../words/comparison-names.ts';
import { bitsText } from '../../words/pair-words.ts';

/** On what somebody goes who says who is who. */
export const grounds = {
  dados: 'Nome, mãe e nascimento',
  documento: 'Documento: CPF, RG ou RJI',
  foto: 'Fotos',
  parentes: 'Parentes ou gêmeos',
  homonimos: 'Homônimos',
  faltam: 'Faltam dados',
  outro: 'Outro',
} as const;

type Ground = keyof typeof grounds;

/** Longest text besides, in characters. */
export const longestReason = 300;

export interface GivenReason {
  readonly fundamento: string;
  readonly motivo: string;
}

/** Words that are kept for good: they name nobody. */
export function readWords(
  typed: string,
  fewestLetters = 5,
): { readonly words: string } | { readonly fault: string } {
  const text = typed.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (text.length > longestReason) return { fault: `Escreva no máximo ${longestReason} caracteres.` };
  if (/\d(?:[.\s/-]?\d){5}/.test(text)) {
    return { fault: 'Não escreva o número de um documento: a decisão fica guardada para sempre.' };
  }
  if ((text.match(/\p{L}/gu)?.length ?? 0) < fewestLetters) return { fault: 'Explique em algumas palavras.' };
  return { words: text };
}

/** Why somebody says what they say, or by field what is wrong with it. */
export function readGrounds({
  fundamento,
  motivo,
}: GivenReason):
  | { readonly reason: string }
  | { readonly faults: Readonly<Partial<Record<keyof GivenReason, string>>> } {
  if (!isGround(fundamento)) return { faults: { fundamento: 'Diga em que a resposta se baseia.' } };
  const isOther = fundamento === 'outro';
  const read = readWords(motivo, isOther ? undefined : 0);
  if ('fault' in read) return { faults: { motivo: read.fault } };
  const ground = grounds[fundamento];
  return { reason: isOther ? read.words : read.words === '' ? ground : `${ground}: ${read.words}` };
}

/** The reason as it is recorded: with the model and the weights that were shown, which name nobody. */
export function recordedReason(
  reason: string,
  { weight, comparisons }: ExplainedPair,
  model: string,
): string {
  const parts = comparisons.flatMap(({ name, level, weight: bits, rarity }) =>
    level === null ? [] : [`${comparisonName(name)} ${bitsText(bits + rarity)}`],
  );
  return `${reason} [visto: modelo "${model}", ${bitsText(weight)} bits; ${parts.join(', ')}]`;
}

function isGround(text: string): text is Ground {
  return Object.hasOwn(grounds, text);
}
