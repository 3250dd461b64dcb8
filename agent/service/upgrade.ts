import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  createReadStream,
  existsSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { pipeline } from 'node:stream/promises';
import gt from 'semver/functions/gt.js';
import { GuaritaError } from '../../shared/errors.ts';
import type { PublicKey } from '../../shared/signing/keys.ts';
import { softwareVersion } from '../../shared/version.ts';
import { moveInPlace, nameAlso } from './durable-files.ts';
import type { Layout } from './layout.ts';
import { type Release, readRelease } from './release.ts';
import type { RunTool } from './run-tool.ts';
import { restartService } from './systemd.ts';
import { atMoment, beginTrial, readTrial, rollBack } from './trial.ts';

export interface Upgrade {
  /** The new program; what is said and signed of it lies beside it, as `FILE.release.json`. */
  readonly file: string;
  /** Who may publish a version; null: this program was built without knowing. */
  readonly key: PublicKey | null;
  readonly places: Pick<Layout, 'binary' | 'previous' | 'staged' | 'trial'>;
  /** The state folder of the agent. */
  readonly state: string;
  readonly run: RunTool;
  /** For tests: told after each step, so that one can cut it short there. */
  readonly onStep?: (step: UpgradeStep) => void;
}

/** After any of these the machine may lose power: what runs then is a version that was ready, or one on trial. */
export const upgradeSteps = ['earlier', 'checked', 'staged', 'kept', 'begun', 'placed', 'restarted'] as const;

export type UpgradeStep = (typeof upgradeSteps)[number];

export interface Upgraded {
  readonly from: string;
  readonly to: string;
}

/**
 * Exchanges the installed program for a newer one that is signed, and keeps the one before. When the new one is not
 * ready in time, the one before runs again and this throws `upgrade-rolled-back`. Throws `release-unsigned` and
 * `release-unsuitable` before anything is changed.
 */
export async function upgrade(options: Upgrade): Promise<Upgraded> {
  const { file, places, state, run, onStep = () => undefined } = options;
  const release = checkRelease(options);
  onStep('checked');
  await decideEarlier(options);
  onStep('earlier');
  const from = await requireNewerThanInstalled(release, options);
  await stage(file, release, options);
  onStep('staged');
  nameAlso(places.binary, places.previous);
  onStep('kept');
  beginTrial(places, { from, to: release.version, state });
  onStep('begun');
  moveInPlace(places.staged, places.binary);
  const placed = statSync(places.binary).ino;
  onStep('placed');
  const failure = await restarted(run);
  onStep('restarted');
  // The unit has decided by now, unless it is not the one of this version: then it is decided here.
  if (failure === null && statSync(places.binary).ino === placed) {
    await atMoment('ready', places);
    return { from, to: release.version };
  }
  const trial = readTrial(places);
  if (trial !== null) rollBack(places, trial);
  await restartService(run);
  throw new GuaritaError('upgrade-rolled-back', `${release.version} → ${from}.`, { cause: failure });
}

/** What is said of a file, once it is known who says it. Throws `release-unsigned`, `release-unsuitable`. */
export function checkRelease({ file, key }: Pick<Upgrade, 'file' | 'key'>): Release {
  if (key === null) {
    throw new GuaritaError('release-unsigned', 'Este programa foi montado sem a chave de quem publica.');
  }
  const about = `${file}.release.json`;
  if (!existsSync(about)) throw new GuaritaError('release-unsigned', `Falta o arquivo "${about}".`);
  const { document: release, key: signer } = readRelease(readFileSync(about, 'utf8'), about);
  if (signer.thumbprint !== key.thumbprint) {
    throw new GuaritaError('release-unsigned', `"${about}" foi assinado por outra chave.`);
  }
  const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  if (release.program !== 'guarita-agent' || release.platform !== platform) {
    throw new GuaritaError('release-unsuitable', `É ${release.program} para ${release.platform}.`);
  }
  return release;
}

/** Throws `release-unsigned` when the bytes are not those that were signed. */
export async function checkBytes(file: string, { sha256, bytes }: Release): Promise<void> {
  const digest = createHash('sha256');
  if (!existsSync(file) || statSync(file).size !== bytes) {
    throw new GuaritaError('release-unsigned', `"${file}" não é o arquivo que foi assinado.`);
  }
  await pipeline(createReadStream(file), digest);
  if (digest.digest('hex') !== sha256) {
    throw new GuaritaError('release-unsigned', `"${file}" não é o arquivo que foi assinado.`);
  }
}

/** An upgrade that was cut short has left its trial undecided: a start decides it. */
async function decideEarlier({ places, run }: Upgrade): Promise<void> {
  if (readTrial(places) === null) return;
  const failure = await restarted(run);
  if (failure === null) return atMoment('ready', places);
  const trial = readTrial(places);
  if (trial !== null) rollBack(places, trial);
}

/** Null, or why it is not ready. */
async function restarted(run: RunTool): Promise<unknown> {
  return restartService(run).then(
    () => null,
    (error: unknown) => error,
  );
}

/** Throws `release-unsuitable`. */
export function requireNewer({ version }: Release, present: string): void {
  if (!gt(version, present)) {
    throw new GuaritaError('release-unsuitable', `Instalada: ${present}; no arquivo: ${version}.`);
  }
}

/** The version that is installed, which is not always this one. Throws `release-unsuitable`. */
async function requireNewerThanInstalled(release: Release, { places, run }: Upgrade): Promise<string> {
  const present = await versionOf(places.binary, run).catch(() => softwareVersion);
  requireNewer(release, present);
  return present;
}

/** The copy is what is checked and then run, so that nobody can exchange the file in between. */
async function stage(file: string, release: Release, { places, run }: Upgrade): Promise<void> {
  rmSync(places.staged, { force: true });
  copyFileSync(file, places.staged);
  chmodSync(places.staged, 0o755);
  try {
    await checkBytes(places.staged, release);
    const version = await versionOf(places.staged, run).catch((error: unknown) => {
      throw new GuaritaError('release-unsuitable', 'O arquivo não roda nesta máquina.', { cause: error });
    });
    if (version !== release.version) {
      throw new GuaritaError('release-unsuitable', `Diz ser ${version}, e não ${release.version}.`);
    }
  } catch (error) {
    rmSync(places.staged, { force: true });
    throw error;
  }
}

async function versionOf(binary: string, run: RunTool): Promise<string> {
  return (await run(binary, ['--version'])).trim();
}
