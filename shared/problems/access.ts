import type { Problem } from './problem.ts';

/** Who may ask: grants and signatures. */
export const accessProblems = {
  'grant-missing': {
    status: 401,
    retry: 'no',
    title: 'The request carries no grant.',
    hint: 'Send the grant issued by this agent as "Authorization: Bearer".',
    pt: {
      title: 'O pedido não traz a autorização do estado.',
      hint: 'Envie a autorização emitida por este agente em "Authorization: Bearer".',
    },
  },
  'grant-invalid': {
    status: 401,
    retry: 'no',
    title: 'The grant was not issued by this agent, or was altered.',
    hint: 'Ask the state for a grant issued by this very agent ("guarita-agent grant").',
    pt: {
      title: 'A autorização não foi emitida por este agente, ou foi alterada.',
      hint: 'Peça ao estado uma autorização emitida por este agente ("guarita-agent grant").',
    },
  },
  'grant-not-yet-valid': {
    status: 403,
    retry: 'no',
    title: 'The agreement (ACT) has not begun.',
    hint: 'Wait for the first day of the agreement, or check the clock of the agent.',
    pt: {
      title: 'O acordo (ACT) ainda não começou.',
      hint: 'Aguarde o primeiro dia do acordo, ou confira o relógio do agente.',
    },
  },
  'grant-expired': {
    status: 403,
    retry: 'no',
    title: 'The agreement (ACT) has ended.',
    hint: 'Nothing more is served. If the agreement was extended, ask the state for a new grant; of a state without an agent, "source act --extend".',
    pt: {
      title: 'O acordo (ACT) terminou.',
      hint: 'Nada mais é entregue. Se houve aditivo, peça ao estado uma nova autorização; de quem não tem agente, "source act --extend".',
    },
  },
  'grant-too-large': {
    status: 400,
    retry: 'no',
    title: 'With the grant, a request is larger than the agent takes.',
    hint: 'It names each view: publish fewer, or give them shorter names in the configuration ("name"). An agent of an earlier version takes no more than 16 kB: have it upgraded.',
    pt: {
      title: 'Com a autorização, o pedido fica maior do que o agente aceita.',
      hint: 'Ela cita cada visão: publique menos, ou dê nomes mais curtos na configuração ("name"). Um agente de versão anterior não aceita mais que 16 kB: peça que o atualizem.',
    },
  },
  'view-not-granted': {
    status: 403,
    retry: 'no',
    title: 'The grant does not name this view.',
    hint: 'Ask the state for a grant that names the view, or stop asking for it.',
    pt: {
      title: 'A autorização não inclui esta visão.',
      hint: 'Peça ao estado uma autorização que inclua a visão, ou deixe de pedi-la.',
    },
  },
  'signature-missing': {
    status: 401,
    retry: 'no',
    title: 'The request is not signed.',
    hint: 'Sign each request as docs/protocol.md says (RFC 9421, label "guarita").',
    pt: {
      title: 'O pedido não está assinado.',
      hint: 'Assine cada pedido como diz docs/protocol.md (RFC 9421, rótulo "guarita").',
    },
  },
  'signature-invalid': {
    status: 401,
    retry: 'no',
    title: 'The signature of the request does not match it.',
    hint: 'Sign the exact target URI and grant that are sent; check that no proxy rewrites the request.',
    pt: {
      title: 'A assinatura do pedido não confere.',
      hint: 'Assine exatamente o endereço e a autorização enviados; veja se algum proxy altera o pedido.',
    },
  },
  'signature-key-mismatch': {
    status: 401,
    retry: 'no',
    title: 'The request is signed by a key that the grant does not name.',
    hint: 'Sign with the key for which the grant was issued, or ask the state for a grant for the new key.',
    pt: {
      title: 'O pedido foi assinado por uma chave que a autorização não nomeia.',
      hint: 'Assine com a chave da autorização, ou peça ao estado uma autorização para a nova chave.',
    },
  },
  'nonce-replayed': {
    status: 401,
    retry: 'later',
    title: 'This very request was already used.',
    hint: 'Sign each request anew, with a fresh nonce.',
    pt: { title: 'Este mesmo pedido já foi usado.', hint: 'Assine cada pedido de novo, com um nonce novo.' },
  },
  'clock-skew': {
    status: 401,
    retry: 'later',
    title: 'The clocks of central and agent differ too much.',
    hint: 'Set both clocks by NTP; "skewSeconds" says by how much the signer is ahead of the agent.',
    pt: {
      title: 'Os relógios da central e do agente diferem demais.',
      hint: 'Acerte os dois relógios por NTP; "skewSeconds" diz quanto quem assinou está adiantado.',
    },
  },
} as const satisfies Record<string, Problem>;
