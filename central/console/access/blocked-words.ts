import { writtenDay } from '../../../shared/day.ts';
import type { Blocked } from '../../base/access-layer/in-force.ts';

/** What is told to whoever is kept out, once they showed who they are: since when, why in general, whom to ask. */
export function blockedWords({ since, why }: Blocked): string {
  const because = why === 'idle' ? 'porque ficou 90 dias sem uso' : 'por decisão de quem administra o acesso';
  return `A conta está bloqueada desde ${writtenDay(since)}, ${because}. ${askWords}`;
}

/** Whom to ask. */
export const askWords =
  'Procure o Cadastrador Autorizador do seu órgão: é ele quem desbloqueia, depois de confirmar que você ainda precisa do acesso.';
