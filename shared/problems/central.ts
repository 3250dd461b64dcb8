import type { Problem } from './problem.ts';

/** What central meets on its way to the agents, and at work. */
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
  'journal-cut': {
    status: 500,
    retry: 'no',
    title: 'The agent lacks, or proves no more, an entry of its journal that central holds.',
    hint: 'Ask the state what happened: a machine restored from a backup, or a journal that was cut. "guarita-central attention accept UF --reason …" goes on from what the agent has now; both records are kept.',
    pt: {
      title: 'O agente não tem mais, ou não prova mais, um registro do diário que a central já tinha.',
      hint: 'Pergunte ao estado o que houve: uma máquina restaurada de backup, ou um diário cortado. "guarita-central attention accept UF --reason …" segue do que o agente tem agora; os dois registros são guardados.',
    },
  },
  'journal-forked': {
    status: 500,
    retry: 'no',
    title: 'The journal of the agent is another one than central holds: it goes on from a copy.',
    hint: 'Ask the state whether two agents run with one folder, or it was restored from a backup. "guarita-central attention accept UF --reason …" goes on from what the agent has now; both records are kept.',
    pt: {
      title: 'O diário do agente é outro do que a central já tinha: continua de uma cópia.',
      hint: 'Pergunte ao estado se há dois agentes com a mesma pasta, ou se ela foi restaurada de backup. "guarita-central attention accept UF --reason …" segue do que o agente tem agora; os dois registros são guardados.',
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
    title: 'This folder is in use: the service, or another command of central, is at work in it.',
    hint: 'Wait for the command, or stop the service ("systemctl stop guarita-central").',
    pt: {
      title: 'Esta pasta está em uso: o serviço da central, ou outro comando, trabalha nela.',
      hint: 'Aguarde o comando, ou pare o serviço ("systemctl stop guarita-central").',
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
  'mail-unreachable': {
    status: 500,
    retry: 'later',
    title: 'The mail server cannot be reached, or takes nothing from us.',
    hint: 'Check "mail.url", the certificate ("mail.ca"), that the server is up and lets "mail.from" send; what waits is sent by itself.',
    pt: {
      title: 'O servidor de correio não atende, ou não aceita o que enviamos.',
      hint: 'Confira "mail.url", o certificado ("mail.ca"), se ele está no ar e se deixa "mail.from" enviar; o que espera sai sozinho depois.',
    },
  },
  'mail-login-refused': {
    status: 500,
    retry: 'later',
    title: 'The mail server refuses user and password.',
    hint: 'Check "mail.user" and the file or variable of "mail.password".',
    pt: {
      title: 'O servidor de correio recusa o usuário e a senha.',
      hint: 'Confira "mail.user" e o arquivo ou a variável de "mail.password".',
    },
  },
  'mail-refused': {
    status: 500,
    retry: 'no',
    title: 'The mail server refuses the letter for good.',
    hint: 'Check the address that it goes to.',
    pt: {
      title: 'O servidor de correio recusa a mensagem.',
      hint: 'Confira o endereço de quem a recebe.',
    },
  },
  'mail-deferred': {
    status: 500,
    retry: 'later',
    title: 'The mail server does not take the letter for this address now.',
    hint: 'It is tried again by itself; where that goes on, ask whoever runs the server.',
    pt: {
      title: 'O servidor de correio adiou a mensagem a este endereço.',
      hint: 'Ela é tentada de novo sozinha; se continuar, pergunte a quem cuida do servidor.',
    },
  },
  'webhook-unreachable': {
    status: 500,
    retry: 'later',
    title: 'The program that receives notices cannot be reached.',
    hint: 'Check "notices.webhook.url"; what waits is sent by itself.',
    pt: {
      title: 'O programa que recebe os avisos não atende.',
      hint: 'Confira "notices.webhook.url"; o que espera sai sozinho depois.',
    },
  },
  'webhook-refused': {
    status: 500,
    retry: 'later',
    title: 'The program that receives notices does not take them.',
    hint: 'It has to answer with 2xx; redirections are not followed. See its log, and whether it knows the secret.',
    pt: {
      title: 'O programa que recebe os avisos não os aceita.',
      hint: 'Ele tem de responder com 2xx, sem redirecionar. Veja o registro dele e se ele conhece a chave.',
    },
  },
} as const satisfies Record<string, Problem>;
