import { asGuaritaError } from '../../shared/errors.ts';
import { problemOf } from '../../shared/problems/catalogue.ts';
import { loadX509 } from '../../shared/signing/certificates.ts';
import type { AgentConfig } from '../config/config.ts';
import { readAgentConfig } from '../config/read-config.ts';
import { asOwnerOf } from '../state/as-owner.ts';
import { doctorReport } from './doctor.ts';
import { folderFacts } from './folder.ts';
import { journalHeads, journalVerdict, requestFigures } from './journal.ts';
import { machine, versions } from './machine.ts';
import type { Place } from './place.ts';
import { logLines, serviceFacts } from './service.ts';
import { agreementFacts, keyFacts } from './signed-state.ts';
import { type StateAsIs, stateAsIs } from './state-as-is.ts';
import { withoutQuery } from './without-query.ts';

/** A part of the bundle; what it could not find out is said in its place. */
type Part = (place: Place) => unknown;

/**
 * What a state sends when something does not work, by name: facts about the agent, and nothing of prisoners, no secret,
 * no grant, no cursor, no free text. A part that fails does not keep the others out.
 */
const parts: Readonly<Record<string, Part>> = {
  versoes: versions,
  maquina: machine,
  // It holds references to secrets, never a secret: one that does is refused when it is read.
  configuracao: (place) => withoutQuery(configOf(place)),
  doctor: doctorReport,
  acordo: inState(agreementFacts),
  chaves: inState(keyFacts),
  diario: inState(journalVerdict),
  resumosDoDiario: inState(journalHeads),
  pedidos: inState(requestFigures),
  pasta: (place) => inFolder(configOf(place), ({ state }) => folderFacts(state)),
  servico: serviceFacts,
  log: logLines,
};

/** The bundle as JSON. Never throws. */
export async function supportBundle(place: Place): Promise<string> {
  const bundle: Record<string, unknown> = { guarita: 'suporte', em: new Date().toISOString() };
  for (const [name, part] of Object.entries(parts)) {
    try {
      bundle[name] = await part(place);
    } catch (error) {
      bundle[name] = { falhou: told(error) };
    }
  }
  return `${JSON.stringify(bundle, null, 2)}\n`;
}

/** Of an error that is not ours the message may quote what it was about: only its code is told. */
function told(error: unknown): string {
  const known = asGuaritaError(error);
  const { title } = problemOf(known.code).pt;
  const cause = error === known ? known.cause : error;
  const code = cause instanceof Error ? (cause as NodeJS.ErrnoException).code : undefined;
  return [title, known.detail, `[${known.code}]`, code].filter(Boolean).join(' ');
}

function configOf({ configFile, context }: Place): ReturnType<typeof readAgentConfig> {
  return readAgentConfig(configFile, context.environment);
}

/** A part that looks into the agent's folder; null where there is no agent yet. */
function inState(look: (state: StateAsIs) => unknown): Part {
  return (place) =>
    inFolder(configOf(place), async (config) => {
      const state = await stateAsIs(config);
      if (state === null) return null;
      try {
        return await look(state);
      } finally {
        state.db.close();
      }
    });
}

async function inFolder<T>(config: AgentConfig, look: (config: AgentConfig) => T | Promise<T>): Promise<T> {
  await loadX509();
  return asOwnerOf(config.state, () => look(config));
}
