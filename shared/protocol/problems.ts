/**
 * Every error that Guarita can report, by code. The catalogue is the manual: `docs/problems.md` is made from it.
 *
 * - `status`: the HTTP status when the agent answers with it (RFC 9457 problem document).
 * - `retry`: what central does about it. `later`: the same request again, after a wait. `restart`: the cursor
 *   no longer fits the view, so describe the source again and read the view from its start. `no`: a person
 *   must do something first.
 * - `title`/`hint`: what happened and what to do next, in English for API and logs; `pt` is what state IT and
 *   operators read on the command line.
 */
interface Problem {
  readonly status: number;
  readonly retry: 'later' | 'restart' | 'no';
  readonly title: string;
  readonly hint: string;
  readonly pt: { readonly title: string; readonly hint: string };
}

const access = {
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
    hint: 'Nothing more is served. If the agreement was extended, ask the state for a new grant.',
    pt: {
      title: 'O acordo (ACT) terminou.',
      hint: 'Nada mais é entregue. Se houve aditivo, peça ao estado uma nova autorização.',
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

const request = {
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
    hint: 'See /v1/openapi.json for what there is.',
    pt: { title: 'Este recurso não existe.', hint: 'Veja em /v1/openapi.json o que existe.' },
  },
  'view-unknown': {
    status: 404,
    retry: 'restart',
    title: 'The agent has no such view.',
    hint: 'See /v1/views for those that there are.',
    pt: { title: 'O agente não tem esta visão.', hint: 'Veja em /v1/views as que existem.' },
  },
  'request-invalid': {
    status: 400,
    retry: 'no',
    title: 'The request does not fit the schema of its resource.',
    hint: 'See /v1/openapi.json for the parameters and their limits.',
    pt: {
      title: 'O pedido não segue o esquema do recurso.',
      hint: 'Veja em /v1/openapi.json os parâmetros e seus limites.',
    },
  },
  'request-too-large': {
    status: 413,
    retry: 'no',
    title: 'The request is larger than the agent accepts.',
    hint: 'See /v1/openapi.json for the limits.',
    pt: { title: 'O pedido é maior do que o agente aceita.', hint: 'Veja os limites em /v1/openapi.json.' },
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
} as const satisfies Record<string, Problem>;

const source = {
  'source-unavailable': {
    status: 503,
    retry: 'later',
    title: 'The state database cannot be reached.',
    hint: 'Check that the database server is up and that the agent has a route to it.',
    pt: {
      title: 'O banco de dados do estado não responde.',
      hint: 'Confira se o servidor está no ar e se o agente tem rota até ele.',
    },
  },
  'source-login-refused': {
    status: 503,
    retry: 'later',
    title: 'The state database refused the login.',
    hint: 'Check user and password reference in the configuration, and the login rules of the database.',
    pt: {
      title: 'O banco de dados do estado recusou o login.',
      hint: 'Confira o usuário e a referência da senha na configuração, e as regras de acesso do banco.',
    },
  },
  'source-writable': {
    status: 503,
    retry: 'no',
    title: 'The database user of the agent can write.',
    hint: 'Give the agent a user with SELECT on the declared views only.',
    pt: {
      title: 'O usuário do agente pode gravar no banco.',
      hint: 'Dê ao agente um usuário que só tenha SELECT nas visões declaradas.',
    },
  },
  'source-timeout': {
    status: 504,
    retry: 'later',
    title: 'The state database did not finish in time.',
    hint: 'Check for an index on (watermark, key), for locks, and the time limits: timeoutSeconds for pages and lookups, scanTimeoutSeconds for comparing a whole view.',
    pt: {
      title: 'O banco de dados do estado não terminou a tempo.',
      hint: 'Veja se há índice em (marca d’água, chave), bloqueios, e os tempos limites: timeoutSeconds para páginas e buscas, scanTimeoutSeconds para conferir uma visão inteira.',
    },
  },
  'source-failed': {
    status: 502,
    retry: 'later',
    title: 'The state database reported an error.',
    hint: 'The log of the agent has the error of the database.',
    pt: {
      title: 'O banco de dados do estado informou um erro.',
      hint: 'O erro do banco está no log do agente.',
    },
  },
  'view-missing': {
    status: 503,
    retry: 'no',
    title: 'The configuration names a view that the database does not show to this user.',
    hint: 'Create the view, grant SELECT on it, or correct its "relation".',
    pt: {
      title: 'A configuração cita uma visão que o banco não mostra a este usuário.',
      hint: 'Crie a visão, dê SELECT nela, ou corrija "relation".',
    },
  },
  'column-missing': {
    status: 503,
    retry: 'no',
    title: 'The configuration names a column that the view does not have.',
    hint: 'Correct the name in the configuration, or add the column to the view.',
    pt: {
      title: 'A configuração cita uma coluna que a visão não tem.',
      hint: 'Corrija o nome na configuração, ou acrescente a coluna à visão.',
    },
  },
  'column-unusable': {
    status: 503,
    retry: 'no',
    title: 'A column has a name that the national base cannot hold.',
    hint: 'Rename it in the view (AS): at most 63 bytes, and not starting with an underscore.',
    pt: {
      title: 'Uma coluna tem um nome que a base nacional não comporta.',
      hint: 'Renomeie-a na visão (AS): até 63 bytes, sem começar por sublinhado.',
    },
  },
  'watermark-unusable': {
    status: 503,
    retry: 'no',
    title: 'The watermark column cannot order this view.',
    hint: 'Name a timestamp or a growing number; if it has no time zone, declare source.timeZone.',
    pt: {
      title: 'A coluna de marca d’água não serve para ordenar esta visão.',
      hint: 'Indique uma data-hora ou um número crescente; sem fuso na coluna, declare source.timeZone.',
    },
  },
  'mode-unusable': {
    status: 503,
    retry: 'no',
    title: 'The mode of a view cannot work on it.',
    hint: 'Choose one of the modes that the message names, or declare what the mode needs.',
    pt: {
      title: 'O modo declarado para uma visão não funciona nela.',
      hint: 'Escolha um dos modos que a mensagem cita, ou declare o que o modo exige.',
    },
  },
  'listing-too-large': {
    status: 413,
    retry: 'no',
    title: 'The rows of these buckets do not fit one answer.',
    hint: 'Ask for fewer buckets at a time.',
    pt: {
      title: 'As linhas destes grupos não cabem em uma resposta.',
      hint: 'Peça menos grupos de cada vez.',
    },
  },
  'row-too-large': {
    status: 500,
    retry: 'no',
    title: 'A row is larger than a page may ever be.',
    hint: 'Leave large objects (photos, files) out of the view: rows carry a reference to them.',
    pt: {
      title: 'Uma linha é maior do que uma página pode ser.',
      hint: 'Deixe objetos grandes (fotos, arquivos) fora da visão: a linha leva só a referência.',
    },
  },
} as const satisfies Record<string, Problem>;

const program = {
  'shutting-down': {
    status: 503,
    retry: 'later',
    title: 'The agent is stopping.',
    hint: 'Try again in a moment.',
    pt: { title: 'O agente está parando.', hint: 'Tente de novo em instantes.' },
  },
  'state-unwritable': {
    status: 503,
    retry: 'later',
    title: 'The program cannot write its own state, so it serves nothing.',
    hint: 'Check space and permissions of the state folder.',
    pt: {
      title: 'O programa não consegue gravar seu próprio estado; por isso nada é entregue.',
      hint: 'Confira o espaço e as permissões da pasta de estado.',
    },
  },
  'state-newer': {
    status: 500,
    retry: 'no',
    title: 'The state folder was written by a newer version of this program.',
    hint: 'Install that version or a newer one.',
    pt: {
      title: 'A pasta de estado foi gravada por uma versão mais nova deste programa.',
      hint: 'Instale aquela versão ou uma mais nova.',
    },
  },
  'state-older': {
    status: 500,
    retry: 'no',
    title: 'The state folder is still as an older version of this program left it.',
    hint: 'Start the program once in this version ("collect" or "serve"): it brings the folder up to date.',
    pt: {
      title: 'A pasta de estado ainda está como uma versão anterior deste programa a deixou.',
      hint: 'Rode uma vez o programa nesta versão ("collect" ou "serve"): ele atualiza a pasta.',
    },
  },
  'key-unreadable': {
    status: 500,
    retry: 'no',
    title: 'A key file cannot be used.',
    hint: 'It must hold an Ed25519 key as JWK (RFC 8037), the private one readable by its owner only.',
    pt: {
      title: 'Um arquivo de chave não pode ser usado.',
      hint: 'Deve conter uma chave Ed25519 em JWK (RFC 8037); a privada, legível só pelo dono.',
    },
  },
  'config-unreadable': {
    status: 500,
    retry: 'no',
    title: 'The configuration file cannot be read.',
    hint: 'Check its path and that it is valid YAML; "config sample" prints one to start from.',
    pt: {
      title: 'Não foi possível ler o arquivo de configuração.',
      hint: 'Confira o caminho e se é YAML válido; "config sample" imprime um modelo.',
    },
  },
  'config-invalid': {
    status: 500,
    retry: 'no',
    title: 'The configuration is not valid.',
    hint: 'Correct the fields named; "config schema" prints what is allowed.',
    pt: {
      title: 'A configuração não é válida.',
      hint: 'Corrija os campos citados; "config schema" imprime o que é aceito.',
    },
  },
  'secret-exposed': {
    status: 500,
    retry: 'no',
    title: 'A password was given where others can read it.',
    hint: 'Take it out of the address; keep it in an environment variable or a file and refer to that.',
    pt: {
      title: 'Uma senha foi dada onde outros podem lê-la.',
      hint: 'Tire-a do endereço; guarde-a em variável de ambiente ou arquivo e faça referência a ela.',
    },
  },
  'secret-missing': {
    status: 500,
    retry: 'no',
    title: 'The secret that the configuration refers to is not there.',
    hint: 'Set the environment variable, or create the file, that the configuration names.',
    pt: {
      title: 'O segredo a que a configuração se refere não existe.',
      hint: 'Defina a variável de ambiente, ou crie o arquivo, que a configuração cita.',
    },
  },
  'address-in-use': {
    status: 500,
    retry: 'no',
    title: 'The address to listen on cannot be used.',
    hint: 'Another program may hold it: choose another port, or stop that program.',
    pt: {
      title: 'O endereço de escuta não pode ser usado.',
      hint: 'Outro programa pode estar nele: escolha outra porta, ou pare aquele programa.',
    },
  },
  internal: {
    status: 500,
    retry: 'later',
    title: 'An error that nobody foresaw.',
    hint: 'The log has it under this request id; please report it.',
    pt: { title: 'Um erro não previsto.', hint: 'O log o traz sob este id de pedido; por favor, relate-o.' },
  },
} as const satisfies Record<string, Problem>;

const central = {
  'agent-unreachable': {
    status: 500,
    retry: 'later',
    title: 'The agent does not answer.',
    hint: 'Check the VPN, the address of the source, and that the agent is running.',
    pt: {
      title: 'O agente não responde.',
      hint: 'Confira a VPN, o endereço da fonte e se o agente está no ar.',
    },
  },
  'agent-timeout': {
    status: 500,
    retry: 'later',
    title: 'The agent did not answer in time.',
    hint: 'Check the load of the state database and the line to the state.',
    pt: {
      title: 'O agente não respondeu a tempo.',
      hint: 'Confira a carga do banco do estado e a linha até o estado.',
    },
  },
  'response-unsigned': {
    status: 500,
    retry: 'later',
    title: 'The answer is not signed by the agent.',
    hint: 'Something on the way answered in its place: check the address, and proxies on the way.',
    pt: {
      title: 'A resposta não está assinada pelo agente.',
      hint: 'Algo no caminho respondeu no lugar dele: confira o endereço e os proxies.',
    },
  },
  'response-altered': {
    status: 500,
    retry: 'later',
    title: 'The answer is not what the agent signed for this request.',
    hint: 'It was changed on the way or belongs to another request; nothing of it was used.',
    pt: {
      title: 'A resposta não é a que o agente assinou para este pedido.',
      hint: 'Foi alterada no caminho ou é de outro pedido; nada dela foi usado.',
    },
  },
  'response-too-large': {
    status: 500,
    retry: 'no',
    title: 'The answer is larger than central accepts.',
    hint: 'Lower pages.bytes of the agent, or raise the limit of central.',
    pt: {
      title: 'A resposta é maior do que a central aceita.',
      hint: 'Reduza pages.bytes no agente, ou aumente o limite da central.',
    },
  },
  'page-invalid': {
    status: 500,
    retry: 'no',
    title: 'A signed page does not keep the protocol.',
    hint: 'Check that the agent has a version that this central knows; report it with the request id.',
    pt: {
      title: 'Uma página assinada não segue o protocolo.',
      hint: 'Confira se a versão do agente é conhecida desta central; relate com o id do pedido.',
    },
  },
  'row-breaks-key': {
    status: 500,
    retry: 'no',
    title: 'The key of the view does not identify its rows: it is empty or repeated.',
    hint: 'The state must correct the view or its declared key.',
    pt: {
      title: 'A chave da visão não identifica as linhas: há chave vazia ou repetida.',
      hint: 'O estado deve corrigir a visão ou a chave declarada.',
    },
  },
  'column-lost': {
    status: 500,
    retry: 'no',
    title: 'The view has lost a column since the last load.',
    hint: 'Ask the state whether it is meant. "guarita-central attention accept" goes on without the column.',
    pt: {
      title: 'A visão perdeu uma coluna desde a última carga.',
      hint: 'Confirme com o estado. "guarita-central attention accept" segue sem a coluna.',
    },
  },
  'view-shrank': {
    status: 500,
    retry: 'no',
    title: 'The view has lost more rows since the last load than is believed without asking.',
    hint: 'Ask the state whether it is meant. "guarita-central attention accept" marks them as removed.',
    pt: {
      title: 'A visão perdeu mais linhas desde a última carga do que se aceita sem confirmar.',
      hint: 'Confirme com o estado. "guarita-central attention accept" as marca como removidas.',
    },
  },
  'attention-unknown': {
    status: 500,
    retry: 'no',
    title: 'No view of this source waits for a decision.',
    hint: '"guarita-central attention" lists those that do.',
    pt: {
      title: 'Nenhuma visão desta fonte aguarda decisão.',
      hint: '"guarita-central attention" lista as que aguardam.',
    },
  },
  'checkpoints-damaged': {
    status: 500,
    retry: 'no',
    title: 'The checkpoint file of central is damaged.',
    hint: 'Stop central and run "guarita-central doctor --repair": it is built again from the national base.',
    pt: {
      title: 'O arquivo de marcas d’água da central está danificado.',
      hint: 'Pare a central e rode "guarita-central doctor --repair": ele é refeito a partir da base nacional.',
    },
  },
  'key-changed': {
    status: 500,
    retry: 'no',
    title: 'The state declares another key for this view than the one it was loaded by.',
    hint: 'Restore the key in the agent, or rename the view to load it as a new one.',
    pt: {
      title: 'O estado declara outra chave para esta visão, diferente da que foi usada na carga.',
      hint: 'Restaure a chave no agente, ou renomeie a visão para carregá-la como nova.',
    },
  },
  'base-unavailable': {
    status: 500,
    retry: 'later',
    title: 'The national base cannot be reached.',
    hint: 'Check the address, the login, and that the server is up.',
    pt: {
      title: 'A base nacional não responde.',
      hint: 'Confira o endereço, o login e se o servidor está no ar.',
    },
  },
  'base-failed': {
    status: 500,
    retry: 'later',
    title: 'The national base reported an error.',
    hint: 'The log of central has the error of the database.',
    pt: { title: 'A base nacional informou um erro.', hint: 'O erro do banco está no log da central.' },
  },
  'base-newer': {
    status: 500,
    retry: 'no',
    title: 'The national base was migrated by a newer version of this program.',
    hint: 'Install that version or a newer one.',
    pt: {
      title: 'A base nacional foi migrada por uma versão mais nova deste programa.',
      hint: 'Instale aquela versão ou uma mais nova.',
    },
  },
  'base-unsuitable': {
    status: 500,
    retry: 'no',
    title: 'The national base cannot be on this server or database.',
    hint: 'Give a database with encoding UTF8, on PostgreSQL 15 or newer.',
    pt: {
      title: 'A base nacional não pode ficar neste servidor ou banco.',
      hint: 'Indique um banco com codificação UTF8, em PostgreSQL 15 ou mais novo.',
    },
  },
  'source-busy': {
    status: 500,
    retry: 'later',
    title: 'Another process is collecting this source into this base.',
    hint: 'Wait for it to end, or stop it.',
    pt: {
      title: 'Outro processo está coletando esta fonte para esta base.',
      hint: 'Aguarde que termine, ou pare-o.',
    },
  },
  'source-unknown': {
    status: 500,
    retry: 'no',
    title: 'There is no such source in the configuration.',
    hint: 'Name one of the sources that the configuration lists.',
    pt: { title: 'Esta fonte não está na configuração.', hint: 'Cite uma das fontes da configuração.' },
  },
  'central-running': {
    status: 500,
    retry: 'no',
    title: 'Another central is using this state folder.',
    hint: 'Stop it first, or give this one another folder.',
    pt: {
      title: 'Outra central está usando esta pasta de estado.',
      hint: 'Pare-a antes, ou dê outra pasta a esta.',
    },
  },
  stopped: {
    status: 500,
    retry: 'later',
    title: 'The collection was stopped before its end.',
    hint: 'Nothing is lost: the next one goes on from the last page that was loaded.',
    pt: {
      title: 'A coleta foi interrompida antes do fim.',
      hint: 'Nada se perde: a próxima continua da última página carregada.',
    },
  },
} as const satisfies Record<string, Problem>;

export const problems = { ...access, ...request, ...source, ...program, ...central } as const;

export type ProblemCode = keyof typeof problems;

export function problemOf(code: ProblemCode): Problem {
  return problems[code];
}

export const problemTypePrefix = 'urn:guarita:problem:';

/** The `type` of a problem document (RFC 9457 section 3.1.1). */
export function problemType(code: ProblemCode): string {
  return problemTypePrefix + code;
}

/** The code that a problem document's `type` names, or undefined when this version does not know it. */
export function codeOfType(type: string): ProblemCode | undefined {
  const code = type.startsWith(problemTypePrefix) ? type.slice(problemTypePrefix.length) : '';
  return Object.hasOwn(problems, code) ? (code as ProblemCode) : undefined;
}
