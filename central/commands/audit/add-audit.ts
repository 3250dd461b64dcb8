import type { Command } from 'commander';
import type { ProgramContext } from '../../../shared/program.ts';
import { type ExportOptions, exportAudit } from './export.ts';
import { makeAuditorKey } from './key.ts';
import { type OpenOptions, openShipped } from './open.ts';
import { type SearchOptions, search, searchHelp } from './search.ts';
import { type VerifyOptions, verify, verifyHelp } from './verify.ts';

/** What was looked at in the console: whether it is what was written down, and what it says. */
export function addAudit(program: Command, context: ProgramContext): void {
  const audit = program.command('audit').description('auditoria: o que foi consultado no console');
  audit
    .command('verify')
    .description('confere se os registros são os que foram escritos, nenhum a menos')
    .option('--file <arquivo>', 'confere um arquivo exportado ou enviado para fora, sem a base')
    .option('--against <arquivo>', 'confere a base também contra esse arquivo')
    .option('--key <arquivo...>', 'chaves públicas da central (o que "key" mostra); sem isto, as da pasta')
    .option('--json', 'mostra o resultado em JSON')
    .addHelpText('after', verifyHelp)
    .action((_options: unknown, command: Command) =>
      verify(command.optsWithGlobals<VerifyOptions>(), context),
    );
  audit
    .command('export')
    .description('grava os registros num arquivo que se confere sem a base')
    .argument('<arquivo>', 'arquivo a gravar')
    .option('--from <dia>', 'desde esse dia (AAAA-MM-DD)')
    .option('--to <dia>', 'até esse dia, inclusive')
    .option('--reveal', 'inclui os termos das consultas (dados pessoais); fica registrado')
    .action((file: string, _options: unknown, command: Command) =>
      exportAudit(file, command.optsWithGlobals<ExportOptions>(), context),
    );
  audit
    .command('search')
    .description('procura registros, os últimos primeiro; a procura também fica registrada')
    .option('--person <cpf>', 'de quem consultou')
    .option('--body <sigla>', 'do órgão em que trabalhava')
    .option('--day <dia>', 'desse dia (AAAA-MM-DD)')
    .option('--event <nome>', 'desse acontecimento')
    .option('--record <id>', 'em que esse registro de pessoa foi mostrado')
    .option('--limit <n>', 'quantos no máximo', '50')
    .option('--reveal', 'mostra os termos das consultas (dados pessoais)')
    .option('--json', 'mostra o resultado em JSON')
    .addHelpText('after', searchHelp)
    .action((_options: unknown, command: Command) =>
      search(command.optsWithGlobals<SearchOptions>(), context),
    );
  audit
    .command('open')
    .description('abre, com a chave do auditor e sem a base, os termos de um arquivo enviado para fora')
    .argument('<arquivo>', 'o arquivo')
    .requiredOption('--key <arquivo>', 'chave privada do auditor (de "audit key")')
    .option('--out <arquivo>', 'arquivo a gravar; sem isto, mostra')
    .action((file: string, _options: unknown, command: Command) =>
      openShipped(file, command.optsWithGlobals<OpenOptions>(), context),
    );
  audit
    .command('key')
    .description('cria o par de chaves do auditor; mostra a pública, que vai em console.audit.key')
    .argument('<arquivo>', 'arquivo da chave privada, a guardar fora da central')
    .action((file: string) => makeAuditorKey(file, context));
}
