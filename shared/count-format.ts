/** How people read numbers of things: `1.234.567`. */
export const count = new Intl.NumberFormat('pt-BR');
