import type { Problem } from './problem.ts';

/** A state's own API, which central lists (rules 3 and 4). */
export const apiProblems = {
  'api-unreachable': {
    status: 500,
    retry: 'later',
    title: 'The API of the state does not answer.',
    hint: 'Check the VPN, "api.base" of the declaration, and with the state that the API is up.',
    pt: {
      title: 'A API do estado não responde.',
      hint: 'Confira a VPN, "api.base" da declaração e, com o estado, se a API está no ar.',
    },
  },
  'api-untrusted': {
    status: 500,
    retry: 'no',
    title: 'The connection to the API of the state does not prove with whom it is.',
    hint: 'Over the internet (rule 4): https and a certificate that verifies. Over VPN (rule 3) one may be pinned: "api.tls.pin".',
    pt: {
      title: 'A conexão com a API do estado não prova com quem é.',
      hint: 'Pela internet (regra 4): https e certificado que se verifique. Por VPN (regra 3) pode-se fixar um: "api.tls.pin".',
    },
  },
  'api-login-refused': {
    status: 500,
    retry: 'later',
    title: 'The API of the state refuses the credentials.',
    hint: 'Check "api.auth" of the declaration, and with the state whether they are still in force.',
    pt: {
      title: 'A API do estado recusa as credenciais.',
      hint: 'Confira "api.auth" da declaração e, com o estado, se elas ainda valem.',
    },
  },
  'api-throttled': {
    status: 500,
    retry: 'later',
    title: 'The API of the state asks to come back later.',
    hint: 'Lower "api.rate.perMinute" of the declaration, or agree on more with the state. It is tried again by itself.',
    pt: {
      title: 'A API do estado pede que se volte depois.',
      hint: 'Diminua "api.rate.perMinute" na declaração, ou combine mais com o estado. Será tentado de novo sozinho.',
    },
  },
  'api-refused': {
    status: 500,
    retry: 'later',
    title: 'The API of the state answered with an error.',
    hint: 'Check path and parameters of the declaration; with 5xx, ask the state.',
    pt: {
      title: 'A API do estado respondeu com um erro.',
      hint: 'Confira o caminho e os parâmetros na declaração; com 5xx, pergunte ao estado.',
    },
  },
  'api-redirected': {
    status: 500,
    retry: 'no',
    title: 'The API of the state leads elsewhere, where the credentials are not taken.',
    hint: 'Declare the address that answers itself (often with a final slash); the next page has to be on the same server.',
    pt: {
      title: 'A API do estado manda a outro endereço, aonde as credenciais não são levadas.',
      hint: 'Declare o endereço que responde por si (muitas vezes com barra no fim); a próxima página tem de estar no mesmo servidor.',
    },
  },
  'api-answer-invalid': {
    status: 500,
    retry: 'no',
    title: 'The answer of the API is not what was declared; nothing of it was used.',
    hint: 'Look at one page ("guarita-central source try"), correct the declaration, or ask the state what changed.',
    pt: {
      title: 'A resposta da API não é o que foi declarado; nada dela foi usado.',
      hint: 'Veja uma página ("guarita-central source try"), corrija a declaração, ou pergunte ao estado o que mudou.',
    },
  },
  'api-answer-too-large': {
    status: 500,
    retry: 'no',
    title: 'The answer of the API is larger than is accepted.',
    hint: 'Declare smaller pages, or raise "api.maxBytes".',
    pt: {
      title: 'A resposta da API é maior do que se aceita.',
      hint: 'Declare páginas menores, ou aumente "api.maxBytes".',
    },
  },
  'api-incomplete': {
    status: 500,
    retry: 'later',
    title:
      'The API of the state announced another number of rows than it gave: what is missing cannot be told.',
    hint: 'It is listed again by itself. Where it never fits, ask the state, or take "list.total" out of the declaration.',
    pt: {
      title: 'A API do estado anunciou um número de linhas e deu outro: não há como saber o que falta.',
      hint: 'Será listada de novo sozinha. Se nunca coincidir, pergunte ao estado, ou retire "list.total" da declaração.',
    },
  },
  'api-endless': {
    status: 500,
    retry: 'no',
    title: 'The listing of the API does not come to an end; nothing of it was used.',
    hint: 'The same page came again, or more pages than "api.maxPages": check how the pages are declared ("next").',
    pt: {
      title: 'A lista da API não chega ao fim; nada dela foi usado.',
      hint: 'A mesma página veio de novo, ou mais páginas que "api.maxPages": confira como as páginas estão declaradas ("next").',
    },
  },
} as const satisfies Record<string, Problem>;
