import { writtenMoment } from '../../shared/day.ts';
import { authorityById, beforeAuthority } from '../base/access-layer/authorities.ts';
import { lockPassword } from '../base/access-layer/passwords.ts';
import { lockPerson } from '../base/access-layer/people.ts';
import { keepLink } from '../base/access-layer/request-links.ts';
import { isOver } from '../base/access-layer/request-state.ts';
import { requestOf } from '../base/access-layer/requests.ts';
import { setTemporaryPassword } from '../console/access/temporary-password.ts';
import { isFilled, isGiven, takesPassword } from '../console/approval/approve.ts';
import { standing } from '../console/pre-registration/words.ts';
import { hoursAfter, type Letter, letter } from './letter.ts';

const unread = 'Não responda a esta mensagem: ninguém lê as respostas.';
const once = (until: Date) => `Ele serve uma vez, até ${writtenMoment(until)} (horário de Brasília).`;

/** To who asked: confirms their address, or leads them back to their request. About a request. */
export const requestLink: Letter = letter('link', async (tx, about, { now, origin, secret }) => {
  const request = await requestOf(tx, about);
  if (request === null) return null;
  const state = standing(request, now);
  if (isOver(state)) return null;
  const isNew = state.kind === 'email';
  // The link is of use as long as the address may be confirmed.
  const until = isNew && state.until !== null ? new Date(state.until) : hoursAfter(now, 24);
  await keepLink(tx, { digest: secret.digest, kind: 'request-link', about, until }, now);
  const text = [
    isNew
      ? 'Para confirmar este e-mail e seguir com o pedido de acesso, abra:'
      : 'Para ver o seu pedido de acesso, abra:',
    '',
    `${origin}/pedido/link/${secret.secret}`,
    '',
    once(until),
    'Se você não pediu acesso à Guarita, não é preciso fazer nada.',
    '',
    unread,
  ].join('\n');
  const subject = isNew ? 'Guarita: confirme o seu e-mail' : 'Guarita: o seu pedido de acesso';
  return { to: request.email, subject, text, until };
});

/** To who answers for a body; of who asked it says nothing. About what was brought before them. */
export const authorityAsked: Letter = letter('link', async (tx, about, { now, origin, secret }) => {
  const before = await beforeAuthority(tx, about);
  const request = before === null ? null : await requestOf(tx, before.request);
  if (before === null || request?.body.isOpen !== true || !before.isInOffice) return null;
  const state = standing(request, now);
  if (state.kind !== 'authority' || state.until === null) return null;
  const until = new Date(state.until);
  await keepLink(tx, { digest: secret.digest, kind: 'authority-asked', about, until }, now);
  const text = [
    `Há um pedido de acesso à Guarita, a base prisional nacional, no órgão`,
    `${request.body.short}, pelo qual o senhor ou a senhora responde.`,
    '',
    'Para ver o pedido e autorizá-lo ou não, por escrito, abra:',
    '',
    `${origin}/pedido/autoridade/${secret.secret}`,
    '',
    once(until),
    'Não encaminhe esta mensagem: o link vale como a sua palavra.',
    '',
    unread,
  ].join('\n');
  return { to: before.authority.email, subject: 'Guarita: um pedido de acesso espera por você', text, until };
});

/** To who was given an account: the password by which they enter first. About a request. */
export const requestPassword: Letter = letter('password', async (tx, about, { now, origin, secret }) => {
  const request = await requestOf(tx, about);
  if (!isFilled(request) || request.account === null) return null;
  await lockPassword(tx, request.account);
  await lockPerson(tx, request.account);
  // As it was when it was asked for: meanwhile they may have been blocked, or have lost what they were given.
  if (standing(request, now).kind !== 'password' || !(await isGiven(tx, request, now))) return null;
  if (!(await takesPassword(tx, request, now))) return null;
  const given = await setTemporaryPassword(tx, { person: request.account, hash: secret.hash }, now);
  const text = [
    'O seu acesso à Guarita foi aprovado. A sua senha provisória:',
    '',
    secret.password,
    '',
    `Ela vale até ${writtenMoment(given.until)} (horário de Brasília). Entre com o seu`,
    'CPF e com ela, e escolha outra senha:',
    '',
    `${origin}/entrar`,
    '',
    'Se a senha for recusada, alguém a usou antes: avise já, por',
    `${origin}/ajuda/pedir`,
    '',
    unread,
  ].join('\n');
  return { to: request.email, subject: 'Guarita: acesso aprovado', text, until: given.until };
});

/** The same to who enters by Login Único, or has a password. About a request. */
export const requestAdmitted: Letter = letter('nothing', async (tx, about, { now, origin }) => {
  const request = await requestOf(tx, about);
  if (!isFilled(request) || !(await isGiven(tx, request, now))) return null;
  const text = [
    'O seu pedido de acesso à Guarita foi aprovado. Entre como de costume, ou',
    'pelo gov.br, se for o seu primeiro acesso:',
    '',
    `${origin}/entrar`,
    '',
    'Esqueceu a senha? Peça uma senha provisória ao Cadastrador Autorizador.',
    '',
    unread,
  ].join('\n');
  return { to: request.email, subject: 'Guarita: acesso aprovado', text, until: hoursAfter(now, 240) };
});

/** To who was refused: where they find why, which is in nobody's mail. About a request. */
export const requestRefused: Letter = letter('link', async (tx, about, { now, origin, secret }) => {
  const request = await requestOf(tx, about);
  if (request === null || standing(request, now).kind !== 'refused') return null;
  const until = hoursAfter(now, 240);
  await keepLink(tx, { digest: secret.digest, kind: 'request-refused', about, until }, now);
  const text = [
    'O seu pedido de acesso à Guarita foi recusado. O motivo está em:',
    '',
    `${origin}/pedido/link/${secret.secret}`,
    '',
    once(until),
    '',
    unread,
  ].join('\n');
  return { to: request.email, subject: 'Guarita: o seu pedido de acesso', text, until };
});

/** To who answers for a body: that a document is said to be theirs. About what was brought before them. */
export const authorityDocument: Letter = letter('nothing', async (tx, about, { now, origin }) => {
  const before = await beforeAuthority(tx, about);
  const request = before === null ? null : await requestOf(tx, before.request);
  if (before === null || request === null || !before.isInOffice) return null;
  const text = [
    `Foi registrado um documento assinado pelo senhor ou pela senhora, que autoriza um`,
    `pedido de acesso à Guarita no órgão ${request.body.short}.`,
    '',
    'Se não assinou nenhum, avise já, por',
    `${origin}/ajuda/pedir`,
    '',
    unread,
  ].join('\n');
  return {
    ...{ to: before.authority.email, subject: 'Guarita: um documento seu foi registrado', text },
    until: hoursAfter(now, 72),
  };
});

/** To who answered for a body and does no more. About them. */
export const authorityReplaced: Letter = letter('nothing', async (tx, about, { now, origin }) => {
  const old = await authorityById(tx, about);
  if (old === null || old.isInOffice) return null;
  const text = [
    `Outra pessoa foi registrada como autoridade do órgão ${old.body} na Guarita. Os links`,
    'que o senhor ou a senhora recebeu não valem mais.',
    '',
    'Se continua responsável pelo órgão, avise já, por',
    `${origin}/ajuda/pedir`,
    '',
    unread,
  ].join('\n');
  return {
    ...{ to: old.email, subject: 'Guarita: outra autoridade foi registrada', text },
    until: hoursAfter(now, 72),
  };
});
