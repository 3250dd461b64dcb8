import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { resolve } from 'node:path';
import { isSea } from 'node:sea';
import { GuaritaError } from '../../shared/errors.ts';
import type { AgentConfig } from '../config/config.ts';
import type { Credential } from './credentials.ts';
import { moveInPlace } from './durable-files.ts';
import { layout } from './layout.ts';
import { systemdUnit } from './systemd-unit.ts';

/** The program to be installed: the one that runs, or the one that is named. Throws `not-packaged`. */
export function programToInstall(named: string | undefined): string {
  if (named !== undefined) return resolve(named);
  if (!isSea()) throw new GuaritaError('not-packaged');
  return process.execPath;
}

/**
 * Copies the program to its place and links to it from the search path. Another version that is there already is not
 * exchanged by this way, which checks no signature and knows no way back. Throws `already-installed`.
 */
export function placeProgram(program: string): void {
  if (!existsSync(program)) throw new GuaritaError('not-packaged', `"${program}" não existe.`);
  mkdirSync(layout.folder, { recursive: true, mode: 0o755 });
  if (existsSync(layout.binary)) {
    if (!readFileSync(program).equals(readFileSync(layout.binary)))
      throw new GuaritaError('already-installed');
  } else {
    copyFileSync(program, layout.staged);
    chmodSync(layout.staged, 0o755);
    moveInPlace(layout.staged, layout.binary);
  }
  rmSync(layout.link, { force: true });
  symlinkSync(layout.binary, layout.link);
}

/** What systemd hides from the service: nothing of its own may lie there. */
const hidden = /^\/(home|root|tmp|var\/tmp|run\/user|dev)(\/|$)/;

/** Throws `config-invalid` for what the service could not reach. */
export function requireReachable(configFile: string, { state, source }: AgentConfig): void {
  const named = {
    '--config': configFile,
    state,
    ...(source.engine === 'sqlite' ? { 'source.file': source.file } : {}),
    ...('tls' in source && source.tls.ca !== undefined ? { 'source.tls.ca': source.tls.ca } : {}),
  };
  for (const [name, path] of Object.entries(named)) {
    if (!path.startsWith('/')) throw new GuaritaError('config-invalid', `${name}: dê o caminho completo.`);
    if (hidden.test(path)) {
      throw new GuaritaError(
        'config-invalid',
        `${name}: o serviço não enxerga "${path}"; use ${name === 'state' ? layout.state : layout.settings}.`,
      );
    }
  }
}

export function writeUnit(configFile: string, config: AgentConfig, credentials: readonly Credential[]): void {
  const { state, listen } = config;
  const temporary = `${layout.unit}.tmp`;
  const text = systemdUnit({ config: configFile, state, port: listen.port, credentials });
  writeFileSync(temporary, text, { mode: 0o644 });
  moveInPlace(temporary, layout.unit);
}
