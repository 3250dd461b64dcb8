import type { Problem } from './problem.ts';

/** What was asked. */
export const requestProblems = {
  'path-not-canonical': {
    status: 400,
    retry: 'no',
    title: 'The path is not written in its one canonical form.',
    hint: 'No empty or dot segments, no percent-encoding of what needs none.',
    pt: {
      title: 'O caminho não está na sua forma canônica.',
      hint: 'Sem segmentos vazios ou de pontos, sem codificar o que não precisa.',
    },
  },
  'route-unknown': {
    status: 404,
    retry: 'no',
    title: 'There is no such resource.',
    hint: 'See /v2/openapi.json for what there is.',
    pt: { title: 'Este recurso não existe.', hint: 'Veja em /v2/openapi.json o que existe.' },
  },
  // Titles that say what to do, too: of a code that it does not know, a program shows the title alone.
  'central-outdated': {
    status: 404,
    retry: 'no',
    title: 'Central asks in a version of the protocol that this agent no longer speaks: upgrade central.',
    hint: 'Install the newest version of central and collect again; nothing is lost meanwhile.',
    pt: {
      title: 'A central pede em uma versão do protocolo que o agente já não fala: atualize a central.',
      hint: 'Instale a versão mais nova da central e colete de novo; nada se perde até lá.',
    },
  },
  'agent-outdated': {
    status: 404,
    retry: 'no',
    title: 'The agent speaks only older versions of the protocol than central: upgrade the agent.',
    hint: 'The state upgrades it ("guarita-agent upgrade"), and central collects again; nothing is lost meanwhile.',
    pt: {
      title: 'O agente só fala versões do protocolo mais antigas que as da central: atualize o agente.',
      hint: 'O estado o atualiza ("guarita-agent upgrade") e a central coleta de novo; nada se perde até lá.',
    },
  },
  'view-unknown': {
    status: 404,
    retry: 'restart',
    title: 'The agent has no such view.',
    hint: 'See /v2/views for those that there are.',
    pt: { title: 'O agente não tem esta visão.', hint: 'Veja em /v2/views as que existem.' },
  },
  'request-invalid': {
    status: 400,
    retry: 'no',
    title: 'The request does not fit the schema of its resource.',
    hint: 'See /v2/openapi.json for the parameters and their limits.',
    pt: {
      title: 'O pedido não segue o esquema do recurso.',
      hint: 'Veja em /v2/openapi.json os parâmetros e seus limites.',
    },
  },
  'request-too-large': {
    status: 413,
    retry: 'no',
    title: 'The request is larger than the agent accepts.',
    hint: 'See /v2/openapi.json for the limits.',
    pt: { title: 'O pedido é maior do que o agente aceita.', hint: 'Veja os limites em /v2/openapi.json.' },
  },
  'request-abandoned': {
    status: 400,
    retry: 'later',
    title: 'The caller hung up before the answer was ready.',
    hint: 'Nothing to do here; the caller asks again.',
    pt: {
      title: 'Quem pediu desligou antes da resposta ficar pronta.',
      hint: 'Nada a fazer aqui; quem pediu pede de novo.',
    },
  },
  'cursor-invalid': {
    status: 400,
    retry: 'restart',
    title: 'The cursor was not made by this agent for this view.',
    hint: 'Return a cursor exactly as it was received, or none to read from the start.',
    pt: {
      title: 'O cursor não foi feito por este agente para esta visão.',
      hint: 'Devolva o cursor exatamente como recebido, ou nenhum para ler desde o início.',
    },
  },
  'bound-invalid': {
    status: 400,
    retry: 'restart',
    title: 'The bound ("until") is not a value of the watermark column.',
    hint: 'Return "until" exactly as the first page of the cycle gave it.',
    pt: {
      title: 'O limite ("until") não é um valor da coluna de marca d’água.',
      hint: 'Devolva "until" exatamente como veio na primeira página do ciclo.',
    },
  },
  'epoch-changed': {
    status: 409,
    retry: 'restart',
    title: 'The source has another history than the cursor: it was restored or replaced.',
    hint: 'Ask the state. "guarita-central attention accept" reads the view anew and reconciles it.',
    pt: {
      title: 'A base do estado foi restaurada ou trocada desde este cursor.',
      hint: 'Confirme com o estado. "guarita-central attention accept" lê a visão de novo e a confere.',
    },
  },
  'schema-changed': {
    status: 409,
    retry: 'restart',
    title: 'The columns of the view are no longer those of the cursor.',
    hint: 'Describe the view again and read it from its start.',
    pt: {
      title: 'As colunas da visão mudaram desde este cursor.',
      hint: 'A visão será descrita e lida de novo desde o início.',
    },
  },
  'too-many-requests': {
    status: 429,
    retry: 'later',
    title: 'This client asks more than the agent answers.',
    hint: 'Ask again after the seconds that "Retry-After" says; the limits are in the configuration of the agent.',
    pt: {
      title: 'Este cliente pede mais do que o agente atende.',
      hint: 'Peça de novo após os segundos de "Retry-After"; os limites estão na configuração do agente.',
    },
  },
} as const satisfies Record<string, Problem>;
