import { type AccessFacts, accessMatters } from '../status/access-lines.ts';
import type { Notice } from './notices.ts';

const week = 7 * 86_400_000;

/**
 * What is the matter with who may enter: of too few who let people in once a month, of roles that lapse once a week, for as
 * long as it lasts. A function of its arguments alone.
 */
export function accessNotices(access: AccessFacts | null, now: Date): Notice[] {
  return accessMatters(access).map(({ code, words, next }) => {
    const time = code === 'roles-lapse' ? Math.floor(now.getTime() / week) : now.toISOString().slice(0, 7);
    const stamp = code === 'few-autorizadores' ? `${access?.autorizadores ?? 0} ${time}` : time;
    return {
      keys: [`${code} ${stamp}`],
      subject: subjects[code],
      text: () => `Acesso ao console: ${words}.\n→ ${next}`,
    };
  });
}

const subjects = {
  'few-autorizadores': 'Guarita: poucas pessoas aprovam acessos',
  'roles-lapse': 'Guarita: papéis perto de deixar de valer',
} as const;
