import { writtenInstant } from '../day.ts';
import type { JournalFault } from './verify.ts';

const said: Readonly<Record<JournalFault['fault'], string>> = {
  changed: 'foi alterado',
  removed: 'falta (removido)',
  reordered: 'está fora de ordem',
  'agreement-missing': 'está onde o diário teria de começar pelo acordo: o anterior foi removido',
  'head-forged': 'tem assinatura que não confere',
  'head-missing': 'não está coberto pela assinatura do dia',
  'end-missing': 'não está coberto pela assinatura do fim do diário',
  'key-unknown': 'tem assinatura por chave desconhecida',
  'terms-changed': 'tem termos que não são os que foram registrados',
};

/** How many are named one by one. */
const mostNamed = 20;

/** An instant, unless somebody wrote something else in its place. */
function told(at: string): string {
  return Number.isNaN(Date.parse(at)) ? at : writtenInstant(at);
}

/** The faults of a journal for people, a line each; the first ones, and how many more there are. */
export function faultLines(faults: readonly JournalFault[]): string[] {
  const lines = faults
    .slice(0, mostNamed)
    .map(({ id, fault, at }) => `  ✗ registro ${id} (${told(at)}): ${said[fault]}`);
  const more = faults.length - lines.length;
  return more > 0 ? [...lines, `  … e mais ${more}`] : lines;
}
