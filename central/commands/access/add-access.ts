import type { Command } from 'commander';
import type { ProgramContext } from '../../../shared/program.ts';
import { roles } from '../../console/access/roles.ts';
import {
  blockAccount,
  endSessions,
  forgetKey,
  givePassword,
  removeFactors,
  showAccount,
  unblockAccount,
} from './accounts.ts';
import { addWatch } from './add-watch.ts';
import type { AccessOptions } from './ask.ts';
import {
  type AuthorityOptions,
  addBody,
  addGrant,
  endBody,
  endGrant,
  type GrantOptions,
  listGrants,
  makeCentral,
  setAuthority,
} from './bodies.ts';
import {
  endRole,
  giveRole,
  type InitOptions,
  initAccess,
  listAccess,
  type RoleOptions,
  recertifyRole,
} from './roles.ts';
import { exportSubject, type SubjectOptions, subjectHelp } from './subject.ts';
import { usualMonths } from './term.ts';

const accessHelp = `
O que tem de funcionar sem o console: a primeira pessoa, e o que fazer quando
alguém perde o acesso ou precisa perdê-lo já. Tudo fica na auditoria, com o nome
do usuário do sistema. Funciona com o serviço em andamento.`;

const roleHelp = `
Papéis: ${Object.keys(roles).join(', ')}.`;

const reveal = ['--reveal', 'mostra os CPFs por inteiro (dado pessoal)'] as const;
const json = ['--json', 'mostra o resultado em JSON'] as const;
const until = ['--until <dia>', 'último dia (AAAA-MM-DD), em vez de --months'] as const;
const months = ['--months <n>', 'por quantos meses', usualMonths] as const;

/** Who may enter the console, without the console. */
export function addAccess(program: Command, context: ProgramContext): void {
  const access = program
    .command('access')
    .description('quem pode entrar no console, e com que papéis')
    .addHelpText('after', accessHelp);
  access
    .command('init')
    .description('cria o primeiro órgão e a primeira pessoa, que dá acesso às outras')
    .option('--body <sigla>', 'sigla do órgão; sem isto, pergunta')
    .option('--body-name <nome>', 'nome do órgão')
    .option('--cpf <cpf>', 'CPF da pessoa')
    .option('--name <nome>', 'nome da pessoa')
    .option('--email <endereço>', 'e-mail da pessoa')
    .option(...until)
    .option(...months)
    .action((_options: unknown, command: Command) =>
      initAccess(command.optsWithGlobals<InitOptions>(), context),
    );
  access
    .command('list')
    .description('mostra órgãos, pessoas, papéis e a última entrada')
    .option(...reveal)
    .option(...json)
    .action((_options: unknown, command: Command) =>
      listAccess(command.optsWithGlobals<AccessOptions>(), context),
    );
  access
    .command('subject')
    .description('grava o que se tem de uma pessoa, e quem a consultou')
    .argument('<referência...>', 'UF visão id, um id publicado, ou o CPF de uma conta')
    .option('--out <arquivo>', 'arquivo a gravar, só seu')
    .option('--reveal', 'mostra no terminal (dado pessoal)')
    .addHelpText('after', subjectHelp)
    .action((words: string[], _options: unknown, command: Command) =>
      exportSubject(words, command.optsWithGlobals<SubjectOptions>(), context),
    );
  addAccounts(access, context);
  addBodies(access, context);
  addRoles(access, context);
  addWatch(access, context);
}

function addAccounts(access: Command, context: ProgramContext): void {
  const ofCpf = (name: string, description: string) =>
    access.command(name).description(description).argument('<cpf>', 'CPF, com pontos ou sem');
  ofCpf('who', 'mostra o que uma pessoa tem')
    .option(...reveal)
    .option(...json)
    .action((cpf: string, _options: unknown, command: Command) =>
      showAccount(cpf, command.optsWithGlobals<AccessOptions>(), context),
    );
  ofCpf('block', 'bloqueia a conta e encerra as sessões')
    .requiredOption('--reason <texto>', 'por quê; quem desbloquear lê')
    .action((cpf: string, _options: unknown, command: Command) =>
      blockAccount(cpf, command.optsWithGlobals<AccessOptions & { reason: string }>(), context),
    );
  ofCpf('unblock', 'desbloqueia a conta')
    .requiredOption('--reason <texto>', 'por quê; fica na auditoria')
    .action((cpf: string, _options: unknown, command: Command) =>
      unblockAccount(cpf, command.optsWithGlobals<AccessOptions & { reason: string }>(), context),
    );
  ofCpf('password', 'dá uma nova senha provisória, mostrada uma vez neste terminal').action(
    (cpf: string, _options: unknown, command: Command) =>
      givePassword(cpf, command.optsWithGlobals<AccessOptions>(), context),
  );
  ofCpf('factors', 'tira os segundos fatores de quem perdeu o celular ou a chave')
    .option('--remove', 'tira todos')
    .action((cpf: string, _options: unknown, command: Command) =>
      removeFactors(cpf, command.optsWithGlobals<AccessOptions & { remove?: boolean }>(), context),
    );
  access
    .command('forget-key')
    .description('esquece a chave do console que se perdeu; o próximo console que iniciar traz outra')
    .action((_options: unknown, command: Command) =>
      forgetKey(command.optsWithGlobals<AccessOptions>(), context),
    );
  access
    .command('end-sessions')
    .description('encerra as sessões de uma pessoa, ou de todos')
    .argument('[cpf]', 'CPF, com pontos ou sem')
    .option('--all', 'de todos')
    .action((cpf: string | undefined, _options: unknown, command: Command) =>
      endSessions(cpf, command.optsWithGlobals<AccessOptions & { all?: boolean }>(), context),
    );
}

function addBodies(access: Command, context: ProgramContext): void {
  const body = access.command('body').description('órgãos');
  body
    .command('add')
    .description('cria um órgão')
    .argument('<sigla>', 'como DPE-AL')
    .argument('<nome>', 'por extenso')
    .action((short: string, name: string, _options: unknown, command: Command) =>
      addBody(short, name, command.optsWithGlobals<AccessOptions>(), context),
    );
  body
    .command('end')
    .description('encerra um órgão: ninguém mais trabalha nele')
    .argument('<sigla>', 'sigla do órgão')
    .requiredOption('--reason <texto>', 'por quê; fica na história do órgão')
    .action((short: string, _options: unknown, command: Command) =>
      endBody(short, command.optsWithGlobals<AccessOptions & { reason: string }>(), context),
    );
  body
    .command('central')
    .description('faz de um órgão o central, de onde se cuida de todos; o que era deixa de ser')
    .argument('<sigla>', 'sigla do órgão')
    .requiredOption('--reason <texto>', 'por quê; fica na auditoria')
    .action((short: string, _options: unknown, command: Command) =>
      makeCentral(short, command.optsWithGlobals<AccessOptions & { reason: string }>(), context),
    );
  body
    .command('authority')
    .description('diz quem responde por um órgão e autoriza, por escrito, quem pede acesso nele')
    .argument('<sigla>', 'sigla do órgão')
    .requiredOption('--name <nome>', 'nome da autoridade')
    .requiredOption('--office <cargo>', 'cargo')
    .requiredOption('--email <endereço>', 'e-mail só dela: recebe os links')
    .requiredOption('--cpf <cpf>', 'CPF, para que ninguém autorize o próprio pedido')
    .action((short: string, _options: unknown, command: Command) =>
      setAuthority(short, command.optsWithGlobals<AuthorityOptions>(), context),
    );
  const grant = access.command('grant').description('o que um órgão pode ver, por qual acordo e até quando');
  grant
    .command('add')
    .description('concede a um órgão')
    .argument('<sigla>', 'sigla do órgão')
    .requiredOption('--agreement <número>', 'número do acordo')
    .requiredOption('--views <a,b>', 'visões, como custodiado,custodia')
    .requiredOption('--purposes <a,b>', 'finalidades, como execucao-penal')
    .option('--sensitive <a,b>', 'campos sensíveis que pode ver, como custodiado.cor_raca')
    .option('--hidden <a,b>', 'campos que não pode ver')
    .option('--states <a,b>', 'só destes estados; sem isto, de todos')
    .option('--person-quota <n>', 'buscas e fichas por pessoa e dia', '200')
    .option('--body-quota <n>', 'buscas e fichas no órgão por dia', '5000')
    .option('--begin <dia>', 'primeiro dia (AAAA-MM-DD); sem isto, hoje')
    .requiredOption('--until <dia>', 'último dia (AAAA-MM-DD)')
    .action((short: string, _options: unknown, command: Command) =>
      addGrant(short, command.optsWithGlobals<GrantOptions>(), context),
    );
  grant
    .command('end')
    .description('encerra uma concessão antes do fim')
    .argument('<id>', 'a que "access grant list" mostra')
    .action((id: string, _options: unknown, command: Command) =>
      endGrant(id, command.optsWithGlobals<AccessOptions>(), context),
    );
  grant
    .command('list')
    .description('mostra as concessões')
    .argument('[sigla]', 'sigla do órgão; sem isto, de todos')
    .option(...json)
    .action((short: string | undefined, _options: unknown, command: Command) =>
      listGrants(short, command.optsWithGlobals<AccessOptions>(), context),
    );
}

function addRoles(access: Command, context: ProgramContext): void {
  const role = access.command('role').description('papéis das pessoas').addHelpText('after', roleHelp);
  const ofRole = (name: string, description: string) =>
    role
      .command(name)
      .description(description)
      .argument('<cpf>', 'CPF, com pontos ou sem')
      .argument('<papel>', 'como agente')
      .argument('<órgão>', 'sigla do órgão')
      .addHelpText('after', roleHelp);
  ofRole('give', 'dá um papel a uma pessoa; dado de novo, vale até o novo fim')
    .option('--name <nome>', 'nome da pessoa; cria a conta de quem não tem')
    .option('--email <endereço>', 'e-mail da pessoa')
    .option(...until)
    .option(...months)
    .action((cpf: string, name: string, body: string, _options: unknown, command: Command) =>
      giveRole([cpf, name, body], command.optsWithGlobals<RoleOptions>(), context),
    );
  ofRole('recertify', 'mantém um papel por mais seis meses, dentro do prazo dele')
    .requiredOption('--reason <texto>', 'por quê; fica na auditoria')
    .action((cpf: string, name: string, body: string, _options: unknown, command: Command) =>
      recertifyRole(
        [cpf, name, body],
        command.optsWithGlobals<AccessOptions & { reason: string }>(),
        context,
      ),
    );
  ofRole('end', 'encerra um papel já').action(
    (cpf: string, name: string, body: string, _options: unknown, command: Command) =>
      endRole([cpf, name, body], command.optsWithGlobals<AccessOptions>(), context),
  );
}
