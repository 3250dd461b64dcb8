import { en } from './en.ts';
import type { Locale } from './locale.ts';
import { neutral } from './neutral.ts';
import { ptBr } from './pt-br.ts';

export const locales: Readonly<Record<string, Locale>> = { 'pt-BR': ptBr, en, neutral };
