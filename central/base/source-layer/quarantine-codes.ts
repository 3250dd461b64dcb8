/** Why a row is in quarantine, in the words of who has to mend it. */
export interface QuarantineReason {
  /** What is wrong, in Portuguese; the columns concerned follow it. */
  readonly title: string;
  /** What the state is to do about it. */
  readonly hint: string;
}

/**
 * The ways in which a row can break the contract. Of several the first one listed here is told: without a key
 * nothing else can be said of a row, and a stub that is too large has no other columns.
 */
export const quarantineReasons = {
  'key-empty': {
    title: 'A chave da linha está vazia.',
    hint: 'Preencha a coluna na origem, ou publique na visão outra chave, que nunca seja nula.',
  },
  'key-repeated': {
    title: 'Há mais de uma linha com a mesma chave.',
    hint: 'Corrija a visão para que cada chave apareça uma só vez (veja junções que multiplicam linhas, e números juntados sem separador: 1 e 1234 dão o mesmo que 11 e 234).',
  },
  'row-too-large': {
    title: 'A linha, ou a sua chave, é maior do que o permitido.',
    hint: 'Deixe fotos e arquivos fora da visão: a linha leva só a referência a eles. Uma visão de centenas de colunas, divida em duas com a mesma chave.',
  },
  'bytes-undecodable': {
    title: 'Há bytes que não formam texto: um byte nulo (0x00), ou outra codificação que a declarada.',
    hint: 'Se há um 00 entre os bytes, tire-o na origem ou na visão. Senão, regrave o valor na origem, ou declare no agente a codificação em que o banco guarda os textos.',
  },
  'column-empty': {
    title: 'Uma coluna obrigatória está vazia.',
    hint: 'Preencha a coluna na origem.',
  },
} as const satisfies Record<string, QuarantineReason>;

export type QuarantineCode = keyof typeof quarantineReasons;
