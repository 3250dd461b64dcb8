import type { Problem } from './problem.ts';

/** What central meets on its way. */
export const centralProblems = {
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
    title: 'Nothing came from the agent for too long.',
    hint: 'Check the load of the state database and the line to the state. Settings: timeoutSeconds and scanTimeoutSeconds of central say how long; pages.bytes and pages.rows of the agent how large an answer is.',
    pt: {
      title: 'Por tempo demais não chegou nada do agente.',
      hint: 'Confira a carga do banco do estado e a linha até o estado. Ajustes: timeoutSeconds e scanTimeoutSeconds da central dizem quanto tempo; pages.bytes e pages.rows do agente, o tamanho da resposta.',
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
  'row-too-wide': {
    status: 500,
    retry: 'no',
    title: 'A row has too many filled columns for a table of the national base.',
    hint: 'The state must divide the view into two with the same key, or leave columns out.',
    pt: {
      title: 'Uma linha tem colunas preenchidas demais para uma tabela da base nacional.',
      hint: 'O estado deve dividir a visão em duas com a mesma chave, ou deixar colunas de fora.',
    },
  },
  'view-unusable': {
    status: 500,
    retry: 'no',
    title: 'A view has a name that the national base cannot hold.',
    hint: 'The state must give it a name of at most 63 bytes in its configuration.',
    pt: {
      title: 'Uma visão tem um nome que a base nacional não comporta.',
      hint: 'O estado deve dar a ela, na configuração, um nome de até 63 bytes (um acento conta dois).',
    },
  },
  'view-too-wide': {
    status: 500,
    retry: 'no',
    title: 'The view has more columns than a table of the national base can hold.',
    hint: 'The state must divide the view into two with the same key, or leave columns out: a few hundred columns are the most that can be filled.',
    pt: {
      title: 'A visão tem mais colunas do que uma tabela da base nacional comporta.',
      hint: 'O estado deve dividir a visão em duas com a mesma chave, ou deixar colunas de fora: só algumas centenas podem estar preenchidas.',
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
    hint: 'Ask the state whether it is meant. "guarita-central attention accept" marks as many as it was shown as removed, and no more.',
    pt: {
      title: 'A visão perdeu mais linhas desde a última carga do que se aceita sem confirmar.',
      hint: 'Confirme com o estado. "guarita-central attention accept" marca como removidas tantas quantas foram mostradas, e não mais.',
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
  'attention-changed': {
    status: 500,
    retry: 'no',
    title: 'What waits for a decision is not what was shown last; nothing was decided.',
    hint: '"guarita-central attention" shows it as it is now. Decide by the reference that it gives.',
    pt: {
      title: 'O que aguarda decisão não é o que foi mostrado por último; nada foi decidido.',
      hint: '"guarita-central attention" mostra como está agora. Decida pela referência que aparece lá.',
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
    pt: {
      title: 'A base nacional informou um erro.',
      hint: 'O erro do banco está no log da central.',
      hintHere: 'Mostre a quem cuida do PostgreSQL da base o que está dito acima, e a hora.',
    },
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
  'base-older': {
    status: 500,
    retry: 'no',
    title: 'The national base is of an older version of this program, or nothing is in it yet.',
    hint: 'Start central once in this version ("collect" or "serve"): it brings the base up to date.',
    pt: {
      title: 'A base nacional ainda é de uma versão anterior deste programa, ou ainda está vazia.',
      hint: 'Rode uma vez a central nesta versão ("collect" ou "serve"), que atualiza a base; depois, de novo o script de "guarita-central base sql".',
    },
  },
  'base-migrating': {
    status: 500,
    retry: 'later',
    title: 'Another version of this program is using the national base, or is migrating it.',
    hint: 'Stop the service of the older version where it still runs; where the newer one is migrating, wait until it has ended.',
    pt: {
      title: 'Outra versão deste programa está usando a base nacional, ou migrando-a.',
      hint: 'Pare o serviço da versão antiga, se ainda roda; se é a nova que migra, aguarde que termine e use-a.',
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
  'row-unknown': {
    status: 404,
    retry: 'no',
    title: 'The base has no row of this key.',
    hint: 'Give the key as the state writes it. A row that breaks the contract is in quarantine.',
    pt: {
      title: 'A base não tem linha com esta chave.',
      hint: 'Dê a chave como o estado a escreve. Linha fora do acordado fica na quarentena.',
    },
  },
  'tombstone-key-missing': {
    status: 500,
    retry: 'no',
    title:
      'Somebody was forgotten by order, and the secret by which their rows are known is not in the state folder.',
    hint: 'Put "forget.key" back into the folder from its backup: until then no page of this source is loaded.',
    pt: {
      title:
        'Alguém foi esquecido por ordem, e o segredo que reconhece suas linhas não está na pasta de estado.',
      hint: 'Devolva "forget.key" à pasta, da cópia de segurança: até lá nada desta fonte é carregado.',
    },
  },
  'tombstone-key-unreadable': {
    status: 500,
    retry: 'no',
    title: 'The secret by which the rows of who was forgotten are known cannot be used.',
    hint: '"forget.key" holds 64 hexadecimal digits, and nobody but its owner may read it (chmod 600); a damaged one comes back from its backup.',
    pt: {
      title: 'O segredo que reconhece as linhas de quem foi esquecido não pode ser usado.',
      hint: '"forget.key" tem 64 algarismos hexadecimais, e só o dono pode lê-lo (chmod 600); danificado, devolva-o da cópia de segurança.',
    },
  },
  'central-running': {
    status: 500,
    retry: 'no',
    title: 'Another central is using this state folder.',
    hint: 'Wait for it or stop it, or give this one another folder.',
    pt: {
      title: 'Outra central está usando esta pasta de estado.',
      hint: 'Aguarde ou pare-a, ou dê outra pasta a esta.',
    },
  },
  'job-unknown': {
    status: 404,
    retry: 'no',
    title: 'No job of that number waits or is under way.',
    hint: 'See which there are ("jobs").',
    pt: {
      title: 'Nenhum trabalho com esse número espera ou está em andamento.',
      hint: 'Veja quais há ("jobs").',
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
