/** How scripts and guide call the view of a log of changes, and its columns; `init` looks for it by these names. */
export const usualLog = { name: 'log', watermark: 'seq', table: 'tabela', key: 'chave' } as const;
