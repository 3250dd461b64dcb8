import type { Problem } from './problem.ts';

/** A program itself: its state, keys, configuration. */
export const programProblems = {
  'shutting-down': {
    status: 503,
    retry: 'later',
    title: 'The agent is stopping.',
    hint: 'Try again in a moment.',
    pt: { title: 'O agente está parando.', hint: 'Tente de novo em instantes.' },
  },
  // A status of its own: central's receipt of it has no entry in the journal, and shows that nothing was given.
  'state-unwritable': {
    status: 507,
    retry: 'later',
    title: 'The program cannot write its own state, so it serves nothing.',
    hint: 'Check space and permissions of the state folder.',
    pt: {
      title: 'O programa não consegue gravar seu próprio estado; por isso nada é entregue.',
      hint: 'Confira o espaço e as permissões da pasta de estado.',
    },
  },
  'agent-running': {
    status: 500,
    retry: 'no',
    title: 'Another agent is serving from this folder.',
    hint: 'One folder is one agent: stop the other one (as a service: "systemctl stop guarita-agent"), or use a folder of its own.',
    pt: {
      title: 'Outro agente já atende com esta pasta.',
      hint: 'Uma pasta é de um só agente: pare o outro (como serviço: "systemctl stop guarita-agent") ou use outra pasta.',
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
  'text-unreadable': {
    status: 500,
    retry: 'no',
    title: 'A file is not text that can be read without guessing.',
    hint: 'Save it as UTF-8 (in Notepad: Save as, encoding UTF-8), and check its letters with accents.',
    pt: {
      title: 'Um arquivo não é texto que se possa ler sem adivinhar.',
      hint: 'Salve-o em UTF-8 (no Bloco de Notas: Salvar como, codificação UTF-8) e confira as letras com acento.',
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
    title: 'A password is where others can read it, or put another in its place.',
    hint: 'Take it out of the address; keep it in an environment variable, or in a file that only its owner can read, and refer to that.',
    pt: {
      title: 'Uma senha está onde outros podem lê-la ou trocá-la.',
      hint: 'Tire-a do endereço; guarde-a em variável de ambiente, ou em arquivo que só o dono leia, e faça referência a ela.',
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
  'option-invalid': {
    status: 500,
    retry: 'no',
    title: 'What was asked of the command does not work.',
    hint: 'Correct what the message names; "--help" says what the command takes.',
    pt: {
      title: 'O que foi pedido ao comando não serve.',
      hint: 'Corrija o que a mensagem cita; "--help" diz o que o comando aceita.',
    },
  },
  'question-abandoned': {
    status: 500,
    retry: 'no',
    title: 'A question was broken off before it was answered.',
    hint: 'Nothing was done but what was shown; run the command again.',
    pt: {
      title: 'Interrompido antes da resposta.',
      hint: 'Nada foi feito além do que já foi mostrado. Rode o comando de novo quando quiser.',
    },
  },
  'table-invalid': {
    status: 500,
    retry: 'no',
    title: 'A file of rows and columns (CSV) does not work.',
    hint: 'Correct what the message names, in the file or in the command; nothing was taken from it.',
    pt: {
      title: 'Um arquivo de linhas e colunas (CSV) não serve.',
      hint: 'Corrija o que a mensagem cita, no arquivo ou no comando; nada dele foi aproveitado.',
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
    pt: {
      title: 'Um erro não previsto.',
      hint: 'O log o traz sob este id de pedido; por favor, relate-o.',
      hintHere: 'Por favor, relate-o com o que está dito acima.',
    },
  },
} as const satisfies Record<string, Problem>;
