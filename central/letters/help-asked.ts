import { writtenMoment } from '../../shared/day.ts';
import { plainText } from '../../shared/plain-text.ts';
import { helpRequestOf } from '../base/access-layer/help-requests.ts';
import { hoursAfter, letter } from './letter.ts';

/** That somebody is stuck, to whoever answers. About a request for help. */
export const helpAsked = letter('nothing', async (tx, about, { now, help }) => {
  const request = await helpRequestOf(tx, about);
  if (help === null || request === null) return null;
  const who =
    request.person === null
      ? 'Quem pediu não tinha entrado.'
      : `Órgão: ${request.bodyShort ?? 'nenhum escolhido'}`;
  const text = [
    `Pedido de ajuda ${request.protocol}, em ${writtenMoment(request.at)}.`,
    `Responda para: ${plainText(request.email)}`,
    `Página: ${plainText(request.page)}`,
    who,
    '',
    ...request.words.split('\n').map((line) => plainText(line)),
    '',
    'Antes de mexer em uma conta, confirme por telefone ou pessoalmente quem é:',
    'este pedido não prova quem o escreveu.',
  ].join('\n');
  return {
    to: help,
    subject: `Guarita: pedido de ajuda ${request.protocol}`,
    text,
    until: hoursAfter(now, 72),
  };
});
