import type { Command } from 'commander';
import { sampleYaml } from '../../shared/options/sample.ts';
import type { ProgramContext } from '../../shared/program.ts';
import type { CentralOptions } from '../central.ts';
import { declarationSchema } from '../sources/api/declaration.ts';
import { addDirectSources } from './direct/add-direct.ts';
import { type EndOptions, endHelp, endSource } from './end-source.ts';
import {
  type AcceptOptions,
  acceptSource,
  type InviteOptions,
  inviteSource,
  listSources,
  renewSources,
} from './source.ts';
import { type TryOptions, tryApi, tryHelp } from './try-api.ts';
import { listVersions, type VersionsOptions, versionsHelp } from './versions.ts';

/** States: to invite, to enrol, to follow, to take off. */
export function addSource(program: Command, context: ProgramContext): void {
  const source = program.command('source').description('estados: convidar, cadastrar, renovar');
  source
    .command('invite')
    .description('grava o convite de um estado, a enviar à TI dele')
    .argument('<uf>', 'sigla do estado; BR, o sistema penitenciário federal')
    .requiredOption('--act <número>', 'número do acordo (ACT)')
    .requiredOption('--begin <dia>', 'primeiro dia do acordo (AAAA-MM-DD)')
    .option('--months <n>', 'duração em meses', '60')
    .option('--views <a,b>', 'visões pedidas; sem isto, todas as do dicionário')
    .option('--from <a,b>', 'de onde a central conecta (endereços ou redes), para o estado só aceitar dali')
    .option('--out <arquivo>', 'onde gravar; sem isto, UF.convite.json')
    .action((uf: string, _options: unknown, command: Command) =>
      inviteSource(uf, command.optsWithGlobals<InviteOptions>(), context),
    );
  source
    .command('accept')
    .description('cadastra um estado por sua resposta: mostra o código a comparar e lê uma página')
    .argument('<arquivo>', 'a resposta (UF.resposta.json)')
    .option('--code <números>', 'o código que o estado leu ao telefone, em vez de perguntar')
    .option('--schedule <cron>', 'horário próprio de coleta')
    .option('--again', 'troca o cadastro que já existe')
    .option('--without <a,b>', 'aceita que o estado não autorize estas visões pedidas, em vez de perguntar')
    .action((file: string, _options: unknown, command: Command) =>
      acceptSource(file, command.optsWithGlobals<AcceptOptions>(), context),
    );
  addDirectSources(source, context);
  source
    .command('renew')
    .description('busca a autorização como está agora (aditivo) e retoma fontes encerradas')
    .argument('[uf...]', 'siglas; sem isto, todas')
    .action((names: string[], _options: unknown, command: Command) =>
      renewSources(names, command.optsWithGlobals<CentralOptions>(), context),
    );
  source
    .command('end')
    .description('tira um estado que saiu, com o motivo: não é mais coletado; dados e provas ficam')
    .argument('<uf>', 'sigla do estado')
    .requiredOption('--reason <texto>', 'por que sai; fica registrado, com quem o disse')
    .addHelpText('after', endHelp)
    .action((uf: string, _options: unknown, command: Command) =>
      endSource(uf, command.optsWithGlobals<EndOptions>(), context),
    );
  source
    .command('list')
    .description('mostra os estados cadastrados')
    .option('--json', 'em JSON')
    .action((_options: unknown, command: Command) =>
      listSources(command.optsWithGlobals<CentralOptions & { json?: boolean }>(), context),
    );
  source
    .command('versions')
    .description('mostra o que uma linha foi, da mais antiga para a atual')
    .argument('<uf>', 'sigla da fonte')
    .argument('<visão>', 'nome da visão')
    .argument('<chave...>', 'a chave da linha')
    .option('--reveal', 'mostra chave e valores por inteiro (dados pessoais)')
    .option('--json', 'mostra o resultado em JSON')
    .addHelpText('after', versionsHelp)
    .action((uf: string, view: string, key: string[], _options: unknown, command: Command) =>
      listVersions(uf, view, key, command.optsWithGlobals<VersionsOptions>(), context),
    );
  source
    .command('try')
    .description('pede uma página à API própria de um estado, como declarada, e mostra o que se entendeu')
    .argument('<uf>', 'sigla do estado')
    .requiredOption('--file <arquivo>', 'a declaração da API (YAML)')
    .requiredOption('--view <visão>', 'nome da visão')
    .option('--rule <n>', '3, por VPN; 4, pela internet: só https e com credencial', '4')
    .addHelpText('after', tryHelp)
    .action((uf: string, _options: unknown, command: Command) =>
      tryApi(uf, command.optsWithGlobals<TryOptions>(), context),
    );
  const api = source.command('api').description('a declaração da API própria de um estado');
  api
    .command('sample')
    .description('mostra uma declaração comentada, para começar')
    .action(() => context.print(sampleYaml(declarationSchema, 'API própria do estado (regras 3 e 4)')));
  api
    .command('schema')
    .description('mostra o JSON Schema da declaração')
    .action(() => context.print(JSON.stringify(declarationSchema, null, 2)));
}
