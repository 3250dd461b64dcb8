/** How a state is, in one word, the one that needs most to be looked at first. Never told by colour alone. */
export const situations = {
  critical: { name: 'Crítico', sign: '✗' },
  warning: { name: 'Atenção', sign: '!' },
  preparing: { name: 'Em implantação', sign: '…' },
  ok: { name: 'Em dia', sign: '✓' },
  ended: { name: 'Encerrado', sign: '–' },
  none: { name: 'Sem acordo', sign: '' },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly sign: string }>>;

export type Situation = keyof typeof situations;

export const situationsInOrder = Object.keys(situations) as readonly Situation[];

/** `✗ Crítico` */
export function situationText(situation: Situation): string {
  const { name, sign } = situations[situation];
  return sign === '' ? name : `${sign} ${name}`;
}
