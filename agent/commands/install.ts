import { resolve } from 'node:path';
import type { ProgramContext } from '../../shared/program.ts';
import { readAgentConfig } from '../config/read-config.ts';
import { adoptPassword } from '../service/adopt-password.ts';
import { credentialsOf, requirePrivate } from '../service/credentials.ts';
import { placeProgram, programToInstall, requireReachable, writeUnit } from '../service/install.ts';
import { layout, serviceName } from '../service/layout.ts';
import { requireReadable, setPermissions } from '../service/permissions.ts';
import { toolRunner } from '../service/run-tool.ts';
import { ensureUser } from '../service/system-user.ts';
import {
  enableService,
  reloadUnits,
  requireRoot,
  requireSystemd,
  restartService,
} from '../service/systemd.ts';
import { doctor } from './doctor.ts';

export interface InstallOptions {
  readonly config: string;
  /** The program to be installed; without it, the one that runs. */
  readonly binary?: string;
  readonly doctor: boolean;
}

/**
 * Makes a service of this program, starts it and runs `doctor`. Run again, it takes up what has changed in the
 * configuration. Everything that can be refused is refused before anything is changed.
 */
export async function install(options: InstallOptions, context: ProgramContext): Promise<void> {
  const run = toolRunner(context.environment);
  await requireSystemd(run);
  requireRoot();
  const { config: configFile } = options;
  const given = readAgentConfig(configFile, context.environment);
  requireReachable(configFile, given);
  requirePrivate(credentialsOf(given), [layout.credentials, layout.settings, resolve(given.state)]);
  const program = programToInstall(options.binary);

  placeProgram(program);
  context.print(`✓ programa: ${layout.binary}`);
  if (adoptPassword(configFile, given)) {
    context.print(`✓ senha do banco: agora em ${layout.credentials}, só para root`);
  }
  const config = readAgentConfig(configFile, context.environment);
  const credentials = credentialsOf(config);
  await ensureUser(run);
  const owned = { config, configFile, credentials, run };
  await setPermissions(owned);
  await requireReadable(owned);
  context.print(`✓ usuário e permissões: ${serviceName}, ${layout.settings}, ${config.state}`);
  writeUnit(configFile, config, credentials);
  await reloadUnits(run);
  await enableService(run);
  context.print(`✓ serviço: ${layout.unit}`);
  // What keeps it from starting is told by `doctor` best, so that comes first.
  const failure = await restartService(run).then(
    () => null,
    (error: unknown) => ({ error }),
  );
  context.print(failure === null ? '✓ no ar' : '✗ não ficou pronto; o que se sabe:');
  if (!options.doctor) {
    if (failure !== null) throw failure.error;
    return;
  }
  try {
    await doctor({ config: configFile }, context);
  } catch (error) {
    if (failure === null) throw error;
  }
  if (failure !== null) throw failure.error;
}
