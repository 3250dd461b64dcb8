import { existsSync } from 'node:fs';
import { GuaritaError } from '../../shared/errors.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { lockFolder } from '../../shared/state-file.ts';
import { softwareVersion } from '../../shared/version.ts';
import { readAgentConfig } from '../config/read-config.ts';
import { layout } from '../service/layout.ts';
import { releaseKey } from '../service/release.ts';
import { toolRunner } from '../service/run-tool.ts';
import { requireRoot, requireSystemd } from '../service/systemd.ts';
import { checkBytes, checkRelease, upgrade as exchange, requireNewer } from '../service/upgrade.ts';

export interface UpgradeOptions {
  readonly config: string;
  /** Only the signature and the version are looked at, against this program's, and nothing changed. */
  readonly check?: boolean;
}

/** Exchanges the installed program for the newer one in a file, or keeps the one that works. */
export async function upgrade(file: string, options: UpgradeOptions, context: ProgramContext): Promise<void> {
  const key = releaseKey();
  if (options.check === true) {
    const release = checkRelease({ file, key });
    await checkBytes(file, release);
    requireNewer(release, softwareVersion);
    context.print(`✓ ${release.program} ${release.version} para ${release.platform}: assinatura confere`);
    return;
  }
  const run = toolRunner(context.environment);
  await requireSystemd(run);
  requireRoot();
  if (!existsSync(layout.binary) || !existsSync(layout.unit)) throw new GuaritaError('not-installed');
  const { state } = readAgentConfig(options.config, context.environment);
  const lock = lockFolder(layout.folder, 'upgrade');
  if (lock === null) throw new GuaritaError('upgrade-running');
  try {
    const { from, to } = await exchange({ file, key, places: layout, state, run });
    context.print(`✓ versão ${to} no ar (antes: ${from}, guardada em ${layout.previous})`);
  } finally {
    lock.release();
  }
}
