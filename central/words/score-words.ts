const number = new Intl.NumberFormat('pt-BR', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** A score as people read it; null where there was nothing to judge. */
export function scoreText(score: number | null): string {
  return score === null ? '–' : number.format(score);
}
