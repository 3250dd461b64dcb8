import { writtenMoment } from '../../shared/day.ts';
import { lockPassword } from '../base/access-layer/passwords.ts';
import { lockPerson, mailOf, reachOf } from '../base/access-layer/people.ts';
import { setTemporaryPassword } from '../console/access/temporary-password.ts';
import { hoursAfter, type Letter, letter } from './letter.ts';

/** That something by which somebody enters was changed (ASVS 6.3.7), to whoever it was changed of. About a person. */
function changed(subject: string, what: string): Letter {
  return letter('nothing', async (tx, about, { now, asked, origin }) => {
    const to = await mailOf(tx, about);
    if (to === null) return null;
    const text = [
      `${what} em ${writtenMoment(asked)}.`,
      '',
      'Se foi você, ou se você pediu, não é preciso fazer nada.',
      '',
      'Se não foi, avise já, para que a conta seja bloqueada, por',
      `${origin}/ajuda/pedir`,
      '',
      'Não responda a esta mensagem: ninguém lê as respostas.',
    ].join('\n');
    return { to, subject: `Guarita: ${subject}`, text, until: hoursAfter(now, 72) };
  });
}

export const passwordChanged = changed(
  'a sua senha mudou',
  'A senha da sua conta no console da Guarita mudou',
);

/**
 * To who forgot their password: another one for a day, to their own address and no other. Sets it as it is written; of
 * who was blocked meanwhile, or has no address, the one before stays. About a person.
 */
export const passwordReset: Letter = letter('password', async (tx, about, { now, origin, secret }) => {
  await lockPassword(tx, about);
  await lockPerson(tx, about);
  const reach = await reachOf(tx, about, now);
  if (reach === null || reach.email === null || reach.blocked !== null) return null;
  const { until } = await setTemporaryPassword(tx, { person: about, hash: secret.hash }, now);
  const text = [
    'Um Cadastrador Autorizador pediu para você uma senha provisória da Guarita:',
    '',
    secret.password,
    '',
    `Ela vale até ${writtenMoment(until)} (horário de Brasília). Entre com o seu`,
    'CPF e com ela, e escolha outra senha. A de antes não vale mais:',
    '',
    `${origin}/entrar`,
    '',
    'Se não foi você quem pediu, ou se a senha for recusada, avise já o',
    'Cadastrador Autorizador do seu órgão.',
    '',
    'Não responda a esta mensagem: ninguém lê as respostas.',
  ].join('\n');
  return { to: reach.email, subject: 'Guarita: a sua senha provisória', text, until };
});

export const factorAdded = changed(
  'um segundo fator foi cadastrado',
  'Um segundo fator (aplicativo ou chave) foi cadastrado na sua conta no console\nda Guarita',
);
export const factorsRemoved = changed(
  'um segundo fator foi removido',
  'Um segundo fator (aplicativo ou chave) foi removido da sua conta no console\nda Guarita',
);
