import type { Problem } from './problem.ts';

/** What keeps the console from running, and what operators meet who give access without the web. */
export const consoleRunningProblems = {
  'argon2-missing': {
    status: 500,
    retry: 'no',
    title: 'This version of Node cannot hash passwords.',
    hint: 'Run the console by Node 24.7 or later; the packaged program has it.',
    pt: {
      title: 'Esta versão do Node não sabe guardar senhas.',
      hint: 'Use o Node 24.7 ou mais novo; o programa empacotado já o traz.',
    },
  },
  'cpf-unknown': {
    status: 404,
    retry: 'no',
    title: 'Nobody has an account of this CPF.',
    hint: '"guarita-central access list" shows who has one; "access role give" with --name makes one.',
    pt: {
      title: 'Ninguém tem conta com este CPF.',
      hint: '"guarita-central access list" mostra quem tem; "access role give" com --name cria uma.',
    },
  },
  'body-unknown': {
    status: 404,
    retry: 'no',
    title: 'There is no such body, or it has ended.',
    hint: '"guarita-central access list" shows the bodies; "access body add" makes one.',
    pt: {
      title: 'Este órgão não existe, ou foi encerrado.',
      hint: '"guarita-central access list" mostra os órgãos; "access body add" cria um.',
    },
  },
  'access-begun': {
    status: 409,
    retry: 'no',
    title: 'Somebody can already give access to others.',
    hint: 'They do it in the console; "guarita-central access list" shows who. If they lost their password: "access password".',
    pt: {
      title: 'Já há quem possa dar acesso a outros.',
      hint: 'Essa pessoa o faz no console; "guarita-central access list" mostra quem é. Se perdeu a senha: "access password".',
    },
  },
  'roles-apart': {
    status: 409,
    retry: 'no',
    title: 'One person cannot have these roles together.',
    hint: 'End the role that they have, or give the new one to somebody else.',
    pt: {
      title: 'Uma mesma pessoa não pode ter estes papéis.',
      hint: 'Encerre o papel que ela tem, ou dê o novo a outra pessoa.',
    },
  },
  'console-role-changes-audit': {
    status: 500,
    retry: 'no',
    title: 'In the base, the login of the console could change what is written in the audit.',
    hint: 'Give it a login of its own: the DBA runs the script of "guarita-central base sql", which takes away what is too much.',
    pt: {
      title: 'Na base, o usuário do console poderia alterar a auditoria.',
      hint: 'Dê ao console um usuário só dele: o DBA roda o script de "guarita-central base sql", que tira o que sobra.',
    },
  },
  'console-role-too-strong': {
    status: 500,
    retry: 'no',
    title: 'In the base, the login of the console may do more than it needs.',
    hint: 'Give it a login of its own: the DBA runs the script of "guarita-central base sql", and takes it out of other roles. What everybody may (a SECURITY DEFINER function, default privileges) the DBA takes from PUBLIC.',
    pt: {
      title: 'Na base, o usuário do console pode mais do que precisa.',
      hint: 'Dê ao console um usuário só dele: o DBA roda o script de "guarita-central base sql" e o tira de outros papéis. O que é de todos (uma função SECURITY DEFINER, ALTER DEFAULT PRIVILEGES) o DBA tira de PUBLIC.',
    },
  },
  'console-role-lacking': {
    status: 500,
    retry: 'no',
    title: 'In the base, the login of the console lacks what it needs.',
    hint: 'The DBA runs the script of "guarita-central base sql" again: after each new version there may be new tables.',
    pt: {
      title: 'Na base, falta ao usuário do console o que ele precisa.',
      hint: 'O DBA roda de novo o script de "guarita-central base sql": a cada versão pode haver tabelas novas.',
    },
  },
  'console-unbuilt': {
    status: 500,
    retry: 'no',
    title: 'The files of the console are not built.',
    hint: 'They are made by "npm ci" with the development packages, which "npm prune --omit=dev" may take away afterwards; by themselves: "npm run build:console".',
    pt: {
      title: 'Os arquivos do console não foram montados.',
      hint: 'Quem os monta é "npm ci", com os pacotes de desenvolvimento, que depois "npm prune --omit=dev" pode tirar; só eles: "npm run build:console".',
    },
  },
  'console-key-unreadable': {
    status: 500,
    retry: 'no',
    title: "The console's key cannot be used.",
    hint: 'It is 64 hexadecimal digits, in the file "console-key" of central\'s folder or where "console.secretKey" says, readable by central\'s user alone. Put it back from a copy; a new one opens no second factor that was registered before.',
    pt: {
      title: 'A chave do console não pode ser usada.',
      hint: 'São 64 dígitos hexadecimais, no arquivo "console-key" da pasta da central ou onde "console.secretKey" indica, legível só pelo usuário da central. Recoloque-a a partir de uma cópia; uma chave nova não abre os segundos fatores já cadastrados.',
    },
  },
  'console-key-other': {
    status: 500,
    retry: 'no',
    title: "The console's key is not the one of this base, by which second factors are sealed.",
    hint: 'All consoles of a base need the same key: copy the file "console-key" of the first, or name it in "console.secretKey". If it is lost, "guarita-central access forget-key" lets another take its place; then remove the second factors of those concerned; they register new ones.',
    pt: {
      title: 'A chave deste console não é a desta base, que sela os segundos fatores.',
      hint: 'Avise a equipe que cuida da central. Todos os consoles de uma base precisam da mesma chave: copie o arquivo "console-key" do primeiro, ou indique-o em "console.secretKey". Se a chave se perdeu, "guarita-central access forget-key" permite outra; depois, remova os segundos fatores das pessoas; elas cadastram outros.',
    },
  },
  'audit-broken': {
    status: 500,
    retry: 'no',
    title: 'The audit is not what was written down.',
    hint: 'Keep base and files as they are. "audit verify" names each entry; what was shipped tells what it was.',
    pt: {
      title: 'A auditoria não é a que foi registrada.',
      hint: 'Guarde a base e os arquivos como estão. "audit verify" cita cada registro; a cópia enviada para fora diz o que ele era.',
    },
  },
  'audit-unshipped': {
    status: 503,
    retry: 'later',
    title: 'The audit cannot be shipped.',
    hint: 'Look at the file or the server that is named. It is tried again, and nothing is left out.',
    pt: {
      title: 'A cópia da auditoria não pode ser enviada para fora.',
      hint: 'Veja o arquivo ou o servidor citado. A central tenta de novo sozinha, e nada fica de fora.',
    },
  },
} as const satisfies Record<string, Problem>;
