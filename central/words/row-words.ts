import type { Flaw, Missing, Trace } from '../trace/trace-row.ts';
import type { Made } from '../trace/treated-values.ts';

/** How a value came to be what it is. */
export const madeWords: Readonly<Record<Made, string>> = {
  'as-given': 'como veio',
  cleaned: 'limpo',
  dictionary: 'código do dicionário',
  assigned: 'código dado por uma pessoa',
  implied: 'deduzido de outra coluna',
  lost: 'sem valor',
};

const noteWords: Readonly<Record<string, string>> = {
  placeholder: 'só ocupa o lugar de um valor',
  unreadable: 'não é do tipo da coluna',
  invalid: 'não pode existir',
  'unknown-code': 'sem valor nacional conhecido',
  'too-long': 'longo demais',
  'encoding-mended': 'caracteres consertados',
  'encoding-doubtful': 'caracteres estragados',
  'default-date': 'data de preenchimento automático',
  'century-inferred': 'século deduzido',
  legacy: 'numeração antiga',
  implied: 'deduzido de outra coluna',
};

/** What cleaning had to say of a value. */
export function noteText(note: string): string {
  return noteWords[note] ?? note;
}

/** How a value came to be, and what cleaning had to say of it. */
export function howText({ made, notes }: { readonly made: Made; readonly notes: readonly string[] }): string {
  return [...new Set([madeWords[made], ...notes.map(noteText)])].join('; ');
}

/** Why there is nothing by which a statement of the agent could be checked. */
export const missingWords: Readonly<Record<Missing, string>> = {
  'before-tracing': 'de antes do rastreamento: nada foi guardado que a prove',
  unsigned:
    'não rastreável: a fonte não assina as linhas (agente da versão 1 do protocolo, ou nenhum agente)',
  forgotten: 'a linha passou a citar uma pessoa esquecida por ordem judicial: foi a central que a tirou',
  lost: 'a base deveria ter guardado a resposta que a trouxe, e não a tem',
};

/** Why the signature of a page shows nothing. */
export const flawWords: Readonly<Record<Flaw, string>> = {
  key: 'a chave guardada não é a da assinatura',
  signature: 'a assinatura não confere',
  answer: 'o que foi assinado não é uma página desta visão',
  digests: 'os resumos das linhas da página não são os assinados',
  shape: 'foi assinada para outras colunas',
};

/** What a trace came to. */
export const traceWords: Readonly<Record<Trace['result'], string>> = {
  proved: 'Provado.',
  failed: 'Não confere.',
  unproved: 'Nada falhou, mas nem tudo pôde ser provado.',
  forgotten: 'A linha está provada; saiu porque passou a citar uma pessoa esquecida.',
};
