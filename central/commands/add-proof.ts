import type { Command } from 'commander';
import type { ProgramContext } from '../../shared/program.ts';
import type { CentralOptions } from '../central.ts';
import { type ExportOptions, exportObservations } from './direct/observations.ts';
import { rotateKeys, showKeys } from './keys.ts';
import {
  type CompareCommandOptions,
  compareWithJournal,
  type VerifyOptions,
  verifyReceipts,
} from './receipts.ts';
import { type TraceOptions, trace, traceHelp } from './trace.ts';

/** What is signed, and by whom: central's own key, what agents have answered, and a single row of it. */
export function addProof(program: Command, context: ProgramContext): void {
  addKeys(program, context);
  addReceipts(program, context);
  addTrace(program, context);
}

function addKeys(program: Command, context: ProgramContext): void {
  const keys = program.command('keys').description('chave e certificado da central');
  keys
    .command('show', { isDefault: true })
    .description('mostra chave e certificado, e a próxima, se houver')
    .action((_options: unknown, command: Command) =>
      showKeys(command.optsWithGlobals<CentralOptions>(), context),
    );
  keys
    .command('rotate')
    .description('prepara a próxima chave; os estados a recebem sem novo cadastro')
    .action((_options: unknown, command: Command) =>
      rotateKeys(command.optsWithGlobals<CentralOptions>(), context),
    );
}

/** What the agents have signed, and what central has observed without one: to be checked offline, and compared. */
function addReceipts(program: Command, context: ProgramContext): void {
  const receipts = program
    .command('receipts')
    .description('recibos: as respostas assinadas pelos agentes; sem agente, as observações da central');
  receipts
    .command('verify')
    .description('confere a assinatura de cada recibo, e as observações de quem não tem agente')
    .argument('[uf...]', 'siglas; sem isto, todas')
    .option('--file <arquivo>', 'de um estado sem agente, as observações gravadas neste arquivo')
    .action((names: string[], _options: unknown, command: Command) =>
      verifyReceipts(names, command.optsWithGlobals<VerifyOptions>(), context),
    );
  receipts
    .command('export')
    .description('grava as observações de um estado sem agente')
    .argument('<uf>', 'sigla do estado')
    .option('--out <arquivo>', 'onde gravar; sem isto, UF.observacoes')
    .action((uf: string, _options: unknown, command: Command) =>
      exportObservations(uf, command.optsWithGlobals<ExportOptions>(), context),
    );
  receipts
    .command('compare')
    .description('compara os recibos com o diário que o agente exportou')
    .argument('<arquivo>', 'o diário (UF.journal)')
    .option('--uf <uf>', 'sigla do estado, se o nome do arquivo não a diz')
    .action((file: string, _options: unknown, command: Command) =>
      compareWithJournal(file, command.optsWithGlobals<CompareCommandOptions>(), context),
    );
}

/** From a row of the base to the signature of its agent. */
function addTrace(program: Command, context: ProgramContext): void {
  program
    .command('trace')
    .description('prova que o agente entregou uma linha, e diz o que o tratamento fez dela')
    .argument('<uf>', 'sigla da fonte')
    .argument('<visão>', 'nome da visão')
    .argument('<chave...>', 'a chave da linha; de várias colunas, um argumento para cada')
    .option('--number <n>', 'versão, como "source versions" as numera; sem isto, a atual')
    .option('--on <dia>', 'em vez da prova, o que a linha era ao fim desse dia (AAAA-MM-DD)')
    .option('--key <arquivo>', 'chave pública do agente (o que "guarita-agent key" mostra)')
    .option('--reveal', 'mostra chave e valores por inteiro (dados pessoais)')
    .option('--json', 'mostra o resultado em JSON')
    .addHelpText('after', traceHelp)
    .action((uf: string, view: string, key: string[], _options: unknown, command: Command) =>
      trace(uf, view, key, command.optsWithGlobals<TraceOptions>(), context),
    );
}
