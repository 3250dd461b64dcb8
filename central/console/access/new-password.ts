import type { Known } from '../../base/access-layer/passwords.ts';
import { isGuessable } from './guessable.ts';

/** In characters, as people count them. Of what kinds they are is nobody's business. */
export const [shortest, longest] = [12, 128];

export const rules = `De ${shortest} a ${longest} caracteres, de qualquer tipo. Uma frase é fácil de lembrar e serve bem.`;

/** What is wrong with a password that somebody chose, in their language, with what to do; null where nothing is. */
export async function faultOf(password: string, known: Known): Promise<string | null> {
  const length = Array.from(password.normalize('NFC')).length;
  if (length < shortest)
    return `A senha tem ${length} caracteres: use pelo menos ${shortest}. Uma frase serve.`;
  if (length > longest) return `A senha tem ${length} caracteres: use no máximo ${longest}.`;
  const personal = [known.cpf, known.name, known.email ?? '', ...known.bodies];
  if (!(await isGuessable(password, personal))) return null;
  return (
    'Essa senha é fácil de adivinhar: está entre as mais usadas, ou é feita de palavras comuns, do seu nome, do seu ' +
    'órgão, de datas ou de sequências. Escolha outra, por exemplo uma frase sua.'
  );
}
