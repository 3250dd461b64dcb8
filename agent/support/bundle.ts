import { statfsSync, statSync } from 'node:fs';
import { arch, freemem, platform, release, totalmem, uptime } from 'node:os';
import { worst } from '../../shared/doctor/health.ts';
import { asGuaritaError } from '../../shared/errors.ts';
import { verifyJournal } from '../../shared/journal/verify.ts';
import type { ProgramContext } from '../../shared/program.ts';
import type { Identity } from '../../shared/signing/identity.ts';
import { softwareVersion } from '../../shared/version.ts';
import type { AgentConfig } from '../config.ts';
import { examine } from '../doctor/examine.ts';
import { type AgentHome, openHome } from '../home.ts';
import { servedByMonth } from '../journal/served.ts';
import { readAgentConfig } from '../read-config.ts';
import { serviceName } from '../service/layout.ts';
import { toolRunner } from '../service/run-tool.ts';
import { stateFiles } from '../state.ts';

/** How much of the log goes in. */
const logLines = 500;

/** A part of the bundle; what it could not find out is said in its place. */
type Part = (at: Place) => unknown;

interface Place {
  readonly configFile: string;
  readonly context: ProgramContext;
}

/**
 * What a state sends when something does not work, by name: facts about the agent, and nothing of prisoners, no secret,
 * no grant and no cursor. A part that fails does not keep the others out.
 */
const parts: Readonly<Record<string, Part>> = {
  versoes: () => ({
    agente: softwareVersion,
    node: process.versions.node,
    openssl: process.versions.openssl,
  }),
  maquina: () => ({
    sistema: `${platform()} ${release()} ${arch()}`,
    memoriaMb: { total: megabytes(totalmem()), livre: megabytes(freemem()) },
    ligadaHaHoras: Math.round(uptime() / 3600),
    relogio: new Date().toISOString(),
    fuso: Intl.DateTimeFormat().resolvedOptions().timeZone,
  }),
  // It holds references to secrets, never a secret: one that does is refused when it is read.
  configuracao: configOf,
  doctor: async ({ configFile, context }) => {
    const checks = await examine({ configFile, context });
    return { estado: worst(checks.map(({ health }) => health)), conferencias: checks };
  },
  acordo: inHome(({ agreements, instant }) => ({
    estado: agreements.state(),
    acordo: agreements.get(),
    relogioAtrasadoMs: instant.behind(),
  })),
  chaves: inHome(async (home) => {
    const next = await home.identities.next();
    return {
      agente: identityFacts(home.identity()),
      proxima: next === null ? null : identityFacts(next),
      central: home.clientKeys.all(Date.now()).map(({ key, certificate }) => ({
        chave: key.thumbprint,
        ate: certificate?.end ?? null,
      })),
    };
  }),
  diario: inHome((home, { id }) => {
    const { current, retired } = home.keys();
    return verifyJournal(id, home.journal.entries(), home.journal.heads(), [current, ...retired]);
  }),
  atendido: inHome(({ db }) => servedByMonth(db)),
  recusado: inHome(({ db }) =>
    db
      .prepare(
        `SELECT body ->> 'problem' AS problema, count(*) AS pedidos, max(at) AS ultimo FROM journal_entry
          WHERE kind = 'request' AND body ->> 'problem' IS NOT NULL GROUP BY 1 ORDER BY 3 DESC`,
      )
      .all(),
  ),
  pasta: (place) => {
    const { state } = configOf(place);
    const { bavail, bsize } = statfsSync(state);
    const { database } = stateFiles(state);
    return { livreMb: megabytes(bavail * bsize), estadoMb: megabytes(statSync(database).size) };
  },
  log: async ({ context }) => {
    const args = ['--unit', serviceName, '--lines', String(logLines), '--no-pager', '--output', 'cat'];
    return (await toolRunner(context.environment)('journalctl', args)).trimEnd().split('\n');
  },
};

/** The bundle as JSON. Never throws. */
export async function supportBundle(place: Place): Promise<string> {
  const bundle: Record<string, unknown> = { guarita: 'suporte', em: new Date().toISOString() };
  for (const [name, part] of Object.entries(parts)) {
    try {
      bundle[name] = await part(place);
    } catch (error) {
      bundle[name] = { falhou: asGuaritaError(error).message };
    }
  }
  return `${JSON.stringify(bundle, null, 2)}\n`;
}

function identityFacts({ key, certificate }: Identity): object {
  return { chave: key.thumbprint, certificado: certificate.fingerprint, ate: certificate.end };
}

function configOf({ configFile, context }: Place): AgentConfig {
  return readAgentConfig(configFile, context.environment);
}

/** A part that looks into the agent's folder. */
function inHome(look: (home: AgentHome, config: AgentConfig) => unknown): Part {
  return async (place) => {
    const config = configOf(place);
    const home = await openHome(config);
    try {
      return await look(home, config);
    } finally {
      home.close();
    }
  };
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}
