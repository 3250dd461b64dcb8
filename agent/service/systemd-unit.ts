import type { Credential } from './credentials.ts';
import { layout, serviceName } from './layout.ts';
import type { TrialMoment } from './trial-moments.ts';

/** What the unit depends on beside where things lie: the configuration, and what it asks for. */
export interface UnitFacts {
  readonly config: string;
  readonly state: string;
  readonly port: number;
  readonly credentials: readonly Credential[];
}

/** Seconds within which a start must be done, or it has failed. The agent itself waits for its database no longer. */
export const startSeconds = 30;

/** Seconds without a sign of life after which systemd kills and starts it again. */
const watchdogSeconds = 120;

/** The system manager from which on `LoadCredential=` exists. */
export const oldestSystemd = 247;

/** The unit of the agent, hardened: docs/decisions/0019-service.md says what it is measured at and what stays open. */
export function systemdUnit(facts: UnitFacts): string {
  return [
    '# Feito por "guarita-agent install", que o refaz. Mudanças suas: systemctl edit guarita-agent',
    ...section('Unit', {
      Description: 'Guarita: entrega à SENAPPEN, só para leitura, as visões acordadas',
      Wants: 'network-online.target',
      After: 'network-online.target',
      // It never gives up: a machine comes back by itself when its database or its configuration does.
      StartLimitIntervalSec: '0',
    }),
    ...section('Service', { ...running(facts), ...trial, ...hardening(facts) }),
    ...section('Install', { WantedBy: 'multi-user.target' }),
    '',
  ].join('\n');
}

type Settings = Readonly<Record<string, string | readonly string[]>>;

function section(name: string, settings: Settings): string[] {
  const lines = Object.entries(settings).flatMap(([key, values]) =>
    [values].flat().map((value) => `${key}=${value}`),
  );
  return ['', `[${name}]`, ...lines];
}

function running({ config, state, credentials }: UnitFacts): Settings {
  return {
    Type: 'notify',
    // The word that it is ready comes from a child, systemd-notify.
    NotifyAccess: 'all',
    ExecStart: [layout.binary, 'serve', '--config', config].map(word).join(' '),
    User: serviceName,
    Group: serviceName,
    ...stateFolder(state),
    LoadCredential: credentials.map(({ name, file }) => `${name}:${escapeSpecifiers(file)}`),
    Restart: 'always',
    RestartSec: '10',
    TimeoutStartSec: String(startSeconds),
    WatchdogSec: String(watchdogSeconds),
    // A page in hand is finished first.
    TimeoutStopSec: '90',
    // An image of its memory would hold rows and the password.
    LimitCORE: '0',
    TasksMax: '128',
  };
}

/** The one folder that it may write into. */
function stateFolder(state: string): Settings {
  if (state === layout.state) return { StateDirectory: serviceName, StateDirectoryMode: '0700' };
  return { ReadWritePaths: word(state) };
}

/**
 * While a new version is on trial, the version before sees to it (`trial.ts`), as root and whatever became of who began
 * the upgrade. Without its state saved the new version does not start; the other two are not to stop a start or an end.
 */
const trial: Settings = {
  ExecStartPre: `+${onTrial('before-start')}`,
  ExecStartPost: `+-${onTrial('ready')}`,
  ExecStopPost: `+-${onTrial('ended')}`,
};

function onTrial(moment: TrialMoment): string {
  const { trial, previous } = layout;
  return `/bin/sh -c '[ ! -e ${trial} ] || [ ! -x ${previous} ] || exec ${previous} trial ${moment}'`;
}

function hardening({ port }: UnitFacts): Settings {
  // Only a port below 1024 needs a capability, and it has none in a user namespace of its own.
  const needed = port > 0 && port < 1024 ? 'CAP_NET_BIND_SERVICE' : '';
  return {
    NoNewPrivileges: 'yes',
    CapabilityBoundingSet: needed,
    AmbientCapabilities: needed,
    PrivateUsers: needed === '' ? 'yes' : 'no',
    ProtectSystem: 'strict',
    ProtectHome: 'yes',
    PrivateTmp: 'yes',
    PrivateMounts: 'yes',
    PrivateDevices: 'yes',
    DevicePolicy: 'closed',
    PrivateIPC: 'yes',
    RemoveIPC: 'yes',
    KeyringMode: 'private',
    UMask: '0077',
    ProtectClock: 'yes',
    ProtectControlGroups: 'yes',
    ProtectHostname: 'yes',
    ProtectKernelLogs: 'yes',
    ProtectKernelModules: 'yes',
    ProtectKernelTunables: 'yes',
    ProtectProc: 'invisible',
    ProcSubset: 'pid',
    LockPersonality: 'yes',
    RestrictNamespaces: 'yes',
    RestrictRealtime: 'yes',
    RestrictSUIDSGID: 'yes',
    RestrictAddressFamilies: 'AF_INET AF_INET6 AF_UNIX',
    SystemCallArchitectures: 'native',
    SystemCallFilter: ['@system-service', '~@privileged @resources'],
    SystemCallErrorNumber: 'EPERM',
    // V8 writes machine code into memory and runs it.
    MemoryDenyWriteExecute: 'no',
    // Read by root before the start, and by nobody from within.
    InaccessiblePaths: `-${layout.credentials}`,
  };
}

/** A word of a command line or a list: quoted where it must be, without meaning anything else to systemd. */
function word(text: string): string {
  const escaped = escapeSpecifiers(text).replace(/[\\"$]/g, (char) => (char === '$' ? '$$' : `\\${char}`));
  return /[\s"'\\;]/.test(text) ? `"${escaped}"` : escaped;
}

function escapeSpecifiers(text: string): string {
  return text.replaceAll('%', '%%');
}
