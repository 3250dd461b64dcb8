import { loginOf, namesOf } from '../../../shared/database-scripts/revocation-script.ts';
import { databaseScript, type ScriptEngine } from '../../../shared/database-scripts/script.ts';
import { partsOf, type ToldScript, toldScript } from '../../../shared/database-scripts/told-script.ts';
import type { ProgramContext } from '../../../shared/program.ts';
import { postgresAddress } from '../../../shared/sources/postgres-client/address.ts';
import type { SourceConfig } from '../../../shared/sources/source-config.ts';
import { type CentralOptions, readCentralConfig } from '../../central.ts';
import { readDirect } from '../../enrolment/enrolled-source.ts';
import { directNamed } from './observations.ts';

export interface ScriptOptions extends CentralOptions, ToldScript {
  /** Of a state that is not enrolled yet; of one that is, its record says all but the part. */
  readonly engine?: ScriptEngine;
}

/** Told by `--help`. */
export const scriptHelp = `
Só de quem a central lê o banco (regras 1 e 5). Nada é executado: o roteiro é mostrado, para o DBA do estado
revisar e rodar. Sem --part: visões e usuário; a revogação, com --part revoke. Antes do cadastro, diga o banco
(--engine) e os nomes; depois, valem os do cadastro, e o roteiro traz a regra de firewall a pedir.`;

/** Prints the statements for the DBA of a source that central reads itself, and the firewall's rule. */
export function sourceScript(name: string, options: ScriptOptions, context: ProgramContext): void {
  const config = readCentralConfig(options, context);
  const { engine, part, from = null } = options;
  if (engine !== undefined) {
    context.print(toldScript(engine, options, 'central'));
    return;
  }
  const record = readDirect(directNamed(config, name).direct);
  const names = { ...namesOf(record), from, reader: 'central' } as const;
  context.print(databaseScript(record.source.engine, partsOf(options), names));
  const rule = firewallRule(record.source, from);
  if (rule !== null && part !== 'revoke') context.print(rule);
}

function firewallRule(source: SourceConfig, from: string | null): string | null {
  const address = addressOf(source);
  if (address === null) return null;
  const { user } = loginOf(source);
  return [
    '',
    `-- Firewall: permita de ${from ?? 'o endereço da central (--from)'} a ${address.host}, porta TCP ${address.port}, e de mais ninguém;`,
    `-- no banco, o mesmo só para o usuário ${user}.`,
  ].join('\n');
}

function addressOf(source: SourceConfig): { readonly host: string; readonly port: number } | null {
  if (source.engine === 'sqlite') return null;
  if (source.engine === 'postgres') return postgresAddress(source.url);
  const { host, port } = source;
  return port === undefined ? null : { host, port };
}
