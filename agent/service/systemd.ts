import { existsSync } from 'node:fs';
import { GuaritaError } from '../../shared/errors.ts';
import { serviceName } from './layout.ts';
import type { RunTool } from './run-tool.ts';
import { oldestSystemd, startSeconds } from './systemd-unit.ts';

/** A stop may take as long as a page in hand, then comes the start (the unit says how long each may take). */
const restartSeconds = 90 + startSeconds + 30;

/** Throws `service-unsupported` where no systemd runs that knows all that the unit asks for. */
export async function requireSystemd(run: RunTool): Promise<void> {
  if (process.platform !== 'linux' || !existsSync('/run/systemd/system')) {
    throw new GuaritaError('service-unsupported', 'Não há systemd em execução.');
  }
  const version = Number(/^systemd (\d+)/.exec(await run('systemctl', ['--version']))?.[1]);
  if (!(version >= oldestSystemd)) {
    throw new GuaritaError(
      'service-unsupported',
      `systemd ${version}; é preciso ${oldestSystemd} ou mais novo.`,
    );
  }
}

/** Throws `not-permitted` for anybody but root. */
export function requireRoot(): void {
  if (process.getuid?.() !== 0) throw new GuaritaError('not-permitted');
}

export async function reloadUnits(run: RunTool): Promise<void> {
  await run('systemctl', ['daemon-reload']);
}

/** Starts it with the machine from now on. */
export async function enableService(run: RunTool): Promise<void> {
  await run('systemctl', ['enable', '--quiet', serviceName]);
}

/** Resolves once it has said that it is ready. Throws `service-failed`. */
export async function restartService(run: RunTool): Promise<void> {
  await run('systemctl', ['restart', serviceName], { seconds: restartSeconds });
}

/** Resolves once it has ended; it may not be there. */
export async function removeService(run: RunTool): Promise<void> {
  await run('systemctl', ['disable', '--now', '--quiet', serviceName], { seconds: restartSeconds });
}
