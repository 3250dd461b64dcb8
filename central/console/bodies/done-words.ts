import Type from 'typebox';

/** What a page says of what was just done, by the word that its address has. */
const words = {
  cadastrado: 'Órgão cadastrado. O próximo passo é dar os papéis de cadastrador a pessoas dele.',
  renomeado: 'Renomeado.',
  encerrado: 'Encerrado.',
  criada: 'Criada.',
  renomeada: 'Renomeada.',
  movida: 'Movida.',
  unida: 'Unida: o que havia nela está na outra.',
  encerrada: 'Encerrada.',
  vinculada: 'Pessoa vinculada.',
  desvinculada: 'Vínculo encerrado.',
  incluida: 'Estrutura incluída.',
  retirada: 'Estrutura retirada.',
  proposta: 'Proposta registrada. Nada muda até que outra pessoa a confirme.',
} as const;

export type Done = keyof typeof words;

export const doneQuery = Type.Object({ feito: Type.Optional(Type.String({ maxLength: 20 })) });

export function doneWords(feito: string | undefined): string | null {
  return feito !== undefined && Object.hasOwn(words, feito) ? words[feito as Done] : null;
}
