import type { Problem } from './problem.ts';

/** The state database and its views. */
export const sourceProblems = {
  'source-unavailable': {
    status: 503,
    retry: 'later',
    title: 'The state database cannot be reached.',
    hint: 'Check that the server is up, that the database is open on it, and that there is a route to it.',
    pt: {
      title: 'O banco de dados do estado não responde.',
      hint: 'Confira se o servidor está no ar com o banco aberto e se há rota até ele.',
    },
  },
  'replica-behind': {
    status: 503,
    retry: 'later',
    title: 'The replica of the state database has not caught up with its primary.',
    hint: 'Check on the replica that it receives (pg_stat_wal_receiver), or read the primary.',
    pt: {
      title: 'A réplica do banco de dados do estado ainda não alcançou o primário.',
      hint: 'Confira na réplica se ela recebe do primário (pg_stat_wal_receiver), ou leia do primário.',
    },
  },
  'rule-unfit': {
    status: 500,
    retry: 'no',
    title: 'The rule of transfer does not suit this database.',
    hint: 'See docs/formas-de-transferencia.md: which rule suits whom, and what each one asks for.',
    pt: {
      title: 'A regra de transferência não serve a este banco.',
      hint: 'Veja docs/formas-de-transferencia.md: que regra serve a quem, e o que cada uma exige.',
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
    title: 'The database user can write.',
    hint: 'Let it be a user with SELECT on the declared views only.',
    pt: {
      title: 'O usuário do banco pode gravar.',
      hint: 'Use um usuário que só tenha SELECT nas visões declaradas.',
    },
  },
  'source-unsettled': {
    status: 503,
    retry: 'no',
    title: 'The state database does not take the settings that it has to be read with.',
    hint: 'A pooler or proxy in between must keep a transaction on one session (transaction or session mode) and pass SET on; else let the agent connect to the database itself.',
    pt: {
      title: 'O banco de dados do estado não aceita os ajustes com que tem de ser lido.',
      hint: 'O pooler ou proxy do caminho deve manter cada transação numa só sessão (modo transação ou sessão) e repassar SET; se não puder, conecte direto ao banco.',
    },
  },
  'source-timeout': {
    status: 504,
    retry: 'later',
    title: 'The state database did not finish in time.',
    hint: 'Check for an index on (watermark, key), or on the sequence of "changelog" (in Firebird also a descending one), for locks, and the time limits: timeoutSeconds for pages and lookups, scanTimeoutSeconds for comparing a whole view.',
    pt: {
      title: 'O banco de dados do estado não terminou a tempo.',
      hint: 'Veja se há índice em (marca d’água, chave), ou na sequência de "changelog" (no Firebird, também um descendente), bloqueios, e os tempos limites: timeoutSeconds para páginas e buscas, scanTimeoutSeconds para conferir uma visão inteira.',
    },
  },
  'source-failed': {
    status: 502,
    retry: 'later',
    title: 'The state database reported an error.',
    hint: 'The log of the agent has the error of the database.',
    pt: {
      title: 'O banco de dados do estado informou um erro.',
      hint: 'O erro do banco está no log de quem o lê: o agente, ou a central.',
      hintHere: 'Mostre ao DBA o que está dito acima, e a hora.',
    },
  },
  'view-failing': {
    status: 502,
    retry: 'no',
    title: 'The state database cannot compute a row of the view.',
    hint: 'Correct what the view makes of its values (a text cast to a date or number, a division, a subquery with several rows): where there is no such value it should give NULL. The agent’s doctor names the column.',
    pt: {
      title: 'O banco de dados do estado não consegue calcular uma linha da visão.',
      hint: 'Corrija o que a visão faz com os valores (texto convertido em data ou número, divisão, subconsulta com várias linhas): onde não há tal valor, ela deve dar NULL.',
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
    title: 'A column cannot be taken as it is.',
    hint: 'By its name: rename it in the view (AS), at most 63 bytes, and not starting with an underscore. By its type: identify rows ("key") by a column whose values have an order.',
    pt: {
      title: 'Uma coluna não pode ser lida como está.',
      hint: 'Pelo nome: renomeie-a na visão (AS), com até 63 bytes e sem começar por sublinhado. Pelo tipo: identifique as linhas ("key") por uma coluna cujos valores se possam ordenar.',
    },
  },
  'watermark-unusable': {
    status: 503,
    retry: 'no',
    title: 'The watermark column cannot order this view.',
    hint: 'Name a timestamp or a growing number; if it has no time zone, declare source.timeZone (of "changelog", that of the clock that fills it). Tables without one may be read in mode "changelog".',
    pt: {
      title: 'A coluna de marca d’água não serve para ordenar esta visão.',
      hint: 'Indique uma data-hora ou um número crescente; sem fuso na coluna, declare source.timeZone (de "changelog", o do relógio que o preenche). Tabelas sem isso podem ser lidas no modo "changelog" (guia do estado).',
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
