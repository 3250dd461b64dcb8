import type { Problem } from './problem.ts';

/** What the national base cannot hold, or why it does not answer. */
export const baseProblems = {
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
} as const satisfies Record<string, Problem>;
