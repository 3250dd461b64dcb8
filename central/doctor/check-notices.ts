import { count } from '../../shared/count-format.ts';
import { writtenMoment } from '../../shared/day.ts';
import { ok, trouble } from '../../shared/doctor/check.ts';
import type { OutboxFacts } from '../base/access-layer/outbox.ts';
import type { CentralConfig } from '../config.ts';
import { problemText } from '../status/problem-text.ts';
import type { Check } from './check.ts';

/** What whoever operates central is to be told, where somebody is: that it leaves. @param outbox null where the base could not be asked */
export function checkNotices({ notices }: CentralConfig, outbox: OutboxFacts | null): Check[] {
  const told = notices.mail.length + (notices.webhook === undefined ? 0 : 1);
  if (told === 0 || outbox === null) return [];
  const { waiting, since, problem, givenUp } = outbox;
  const next = 'Veja o que falta: guarita-central notices try';
  if (problem !== null) {
    const from = since === null ? '' : `, o primeiro desde ${writtenMoment(since)}`;
    const message = `Não saem ${count.format(waiting)} avisos${from}: ${problemText(problem)} [${problem}].`;
    return [trouble('notices', null, 'warning', message, next)];
  }
  if (givenUp > 0) {
    const message = `Avisos que não saíram a tempo, nos últimos sete dias: ${count.format(givenUp)}.`;
    return [trouble('notices', null, 'warning', message, next)];
  }
  return [ok('notices', null, `saem para ${count.format(told)}; esperam ${count.format(waiting)}`)];
}

/** What pages ask to be told by mail leaves only where there is mail, and the address that links lead to is known. */
export function checkLetters({ mail, console: { port, base, origin } }: CentralConfig): Check[] {
  if (port === undefined && base === undefined) return [];
  const lacking = [
    ...(mail === undefined ? ['mail'] : []),
    ...(origin === undefined ? ['console.origin'] : []),
  ];
  if (mail !== undefined && lacking.length === 0 && mail.help === undefined) {
    const message = 'Pedidos de ajuda feitos no console não chegam a ninguém: falta mail.help.';
    return [
      trouble('letters', null, 'warning', message, 'Indique em "mail.help" o endereço de quem responde.'),
    ];
  }
  if (lacking.length === 0) return [ok('letters', null, 'o console pode mandar cartas')];
  const message = `O console não manda cartas (pedidos de acesso, avisos de senha): falta ${lacking.join(' e ')}.`;
  return [trouble('letters', null, 'warning', message, 'Veja "Cartas" no guia do console.')];
}
