import { writtenMoment } from '../../shared/day.ts';
import { mailOf } from '../base/access-layer/people.ts';
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
      'Se não foi: peça já ao Cadastrador Autorizador do seu órgão que bloqueie',
      'a sua conta. Não responda a esta mensagem: ninguém lê as respostas.',
      '',
      origin,
    ].join('\n');
    return { to, subject: `Guarita: ${subject}`, text, until: hoursAfter(now, 72) };
  });
}

export const passwordChanged = changed(
  'a sua senha mudou',
  'A senha da sua conta no console da Guarita mudou',
);
export const factorAdded = changed(
  'um segundo fator foi cadastrado',
  'Um segundo fator (aplicativo ou chave) foi cadastrado na sua conta no console\nda Guarita',
);
export const factorsRemoved = changed(
  'um segundo fator foi removido',
  'Um segundo fator (aplicativo ou chave) foi removido da sua conta no console\nda Guarita',
);
