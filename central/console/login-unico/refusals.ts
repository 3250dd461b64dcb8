import type { GuaritaError } from '../../../shared/errors.ts';
import { type ProblemCode, problemOf } from '../../../shared/problems/catalogue.ts';
import { type Html, html } from '../html/html.ts';
import type { PageAnswer } from '../route.ts';
import { paths } from './paths.ts';

/** Why somebody was not let in, as it stands in the address of the page that says so. */
const reasons = {
  'comecar-de-novo': 'govbr-stale',
  'nao-autorizado': 'govbr-denied',
  'sem-resposta': 'govbr-unavailable',
  'nao-confirmado': 'govbr-untrusted',
  relogio: 'govbr-clock',
  procuracao: 'govbr-proxy',
  'sem-nivel': 'govbr-level-untold',
  'nivel-prata': 'govbr-level-low',
  'nivel-ouro': 'govbr-level-low',
  'sem-conta': 'account-unknown',
  'conta-bloqueada': 'account-blocked',
  'conta-sem-uso': 'account-blocked',
} as const satisfies Record<string, ProblemCode>;

type Reason = keyof typeof reasons;

/** What the words of the problem do not say: how the account comes to the level that was wanted, why it is blocked. */
const steps: Readonly<Partial<Record<Reason, string>>> = {
  'nivel-prata':
    'O seu papel pede o nível prata ou ouro. No aplicativo gov.br, faça o reconhecimento facial pela CNH, entre pelo seu banco ou, se for servidor federal, confirme os dados pelo Sigepe.',
  'nivel-ouro':
    'O seu papel pede o nível ouro. No aplicativo gov.br, faça o reconhecimento facial pela Justiça Eleitoral, leia o QR Code da Carteira de Identidade Nacional ou use um certificado digital da ICP-Brasil.',
  'conta-bloqueada': 'Foi bloqueada por decisão de quem administra o acesso.',
  'conta-sem-uso': 'Foi bloqueada porque ficou 90 dias sem uso.',
};

/** Another account may be wanted: the browser is still signed in at gov.br with the one that was shown. */
const isOfAccount: readonly Reason[] = [
  'procuracao',
  'nivel-prata',
  'nivel-ouro',
  'sem-conta',
  'conta-bloqueada',
  'conta-sem-uso',
];

/** The reason to be shown for an error; null where it is none of signing in. */
export function reasonOf({ code, members }: GuaritaError): Reason | null {
  if (code === 'account-blocked') return members['why'] === 'idle' ? 'conta-sem-uso' : 'conta-bloqueada';
  if (code === 'govbr-level-low') return members['level'] === 3 ? 'nivel-ouro' : 'nivel-prata';
  return (Object.keys(reasons) as Reason[]).find((reason) => reasons[reason] === code) ?? null;
}

export function isReason(text: string): text is Reason {
  return Object.hasOwn(reasons, text);
}

export function refusalPage(reason: Reason): PageAnswer {
  const { pt, status } = problemOf(reasons[reason]);
  const step = steps[reason];
  return {
    ...{ title: pt.title, status },
    main: html`<h1>${pt.title}</h1>
      <p>${pt.hint}</p>
      ${step !== undefined && html`<p>${step}</p>`}
      <ul>
        <li><a href="${paths.begin}">Entrar com gov.br de novo</a></li>
        ${isOfAccount.includes(reason) && otherAccount()}
        <li><a href="/entrar">Outras formas de entrar</a></li>
      </ul>`,
  };
}

function otherAccount(): Html {
  return html`<li><a href="${paths.signOutThere}">Sair do gov.br neste navegador, para usar outra conta</a></li>`;
}
