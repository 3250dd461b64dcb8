import { GuaritaError } from '../../shared/errors.ts';
import type { Certificate } from '../../shared/signing/certificates.ts';
import { readingError, readStateFile, type StateFile, stateVersion } from '../../shared/state-file.ts';
import { type DirectEntry, isDirectEntry, recordOf, type SourceEntry } from '../config.ts';
import { agreementAsIs } from '../direct/as-is.ts';
import { departureOf } from '../enrolment/end.ts';
import { readRecord } from '../enrolment/enrolled-source.ts';
import { readGrantFacts } from '../enrolment/grant-facts.ts';
import { readGrant, readTrust, type Trust } from '../enrolment/trust.ts';
import { centralIdentities } from '../identities.ts';
import { Attentions } from '../state/attentions.ts';
import { Jobs } from '../state/jobs.ts';
import { Journals } from '../state/journals.ts';
import { Runs } from '../state/runs.ts';
import { centralStateFile, centralStateVersion } from '../state/state.ts';
import { ViewStates } from '../state/view-states.ts';
import type {
  Agreement,
  CertificateFacts,
  LeftFacts,
  RunFacts,
  SourceFacts,
  ViewFacts,
} from '../status/facts.ts';
import { type JobRow, jobRows } from '../status/jobs.ts';
import { isCentralRunning } from './is-at-work.ts';

/**
 * What central's state and the grants say of sources. The state is only read, so that it may be asked for while
 * another central collects. One that was never made says nothing.
 * Throws `checkpoints-damaged`, `state-newer`, `state-older`, `state-unwritable`.
 */
export function readFactsOf(folder: string, sources: readonly SourceEntry[]): SourceFacts[] {
  const db = openForReading(folder);
  try {
    // One snapshot: a run that ends meanwhile is in all of the tables or in none.
    db?.exec('BEGIN');
    const own = ownCertificates(folder);
    return sources.map((source) => factsOf(db, source, own));
  } catch (error) {
    throw readingError(error, centralStateFile(folder), 'checkpoints-damaged');
  } finally {
    db?.close();
  }
}

/** What waits or is under way of sources. Throws the same. */
export function readOpenJobs(folder: string, sources: readonly SourceEntry[], now: Date): JobRow[] {
  const db = openForReading(folder);
  try {
    if (db === null) return [];
    const names = new Set(sources.map(({ uf }) => uf));
    const isAtWork = () => isCentralRunning(folder);
    return jobRows(new Jobs(db), now.getTime(), {
      mostEnded: 0,
      isAtWork,
      expected: expectedRows(sources),
    }).filter(({ source }) => names.has(source));
  } catch (error) {
    throw readingError(error, centralStateFile(folder), 'checkpoints-damaged');
  } finally {
    db?.close();
  }
}

/** How many rows the agents of sources counted when they were enrolled, by name; null where that is not known. */
export function expectedRows(sources: readonly SourceEntry[]): (source: string) => number | null {
  return (name) => {
    const entry = sources.find(({ uf }) => uf === name);
    const record = entry === undefined ? null : recordOf(entry);
    if (record === null) return null;
    try {
      const { rows } = readRecord(record);
      return rows === undefined ? null : Object.values(rows).reduce((sum, each) => sum + each, 0);
    } catch {
      return null;
    }
  };
}

/** Since when no run of a source came to its end, of those of which the last one failed. Throws the same. */
export function readFailing(folder: string): ReadonlyMap<string, string> {
  const db = openForReading(folder);
  try {
    const failing = db === null ? [] : new Runs(db).failing();
    return new Map(failing.map(({ source, since }) => [source, since]));
  } catch (error) {
    throw readingError(error, centralStateFile(folder), 'checkpoints-damaged');
  } finally {
    db?.close();
  }
}

function openForReading(folder: string): StateFile | null {
  const file = centralStateFile(folder);
  const db = readStateFile(file, 'checkpoints-damaged');
  if (db === null) return null;
  const version = stateVersion(db);
  if (version === centralStateVersion) return db;
  db.close();
  const code = version > centralStateVersion ? 'state-newer' : 'state-older';
  throw new GuaritaError(
    code,
    `Arquivo "${file}" tem a versão ${version}; a conhecida é a ${centralStateVersion}.`,
  );
}

function factsOf(db: StateFile | null, entry: SourceEntry, own: readonly Certificate[]): SourceFacts {
  const { uf } = entry;
  const certificate = firstToEnd(entry, own);
  const grant = grantOrNull(entry);
  const rule = isDirectEntry(entry) ? entry.rule : 2;
  const { ended, left } = endOf(entry);
  const granted = grant?.views ?? [];
  const none = { state: null, attention: null, lastRun: null, firstRun: null };
  if (db === null) {
    const views = granted.map((view) => ({ view, ...none }));
    return { source: uf, rule, grant, ended, left, certificate, lastRun: null, views };
  }
  const last = lastRunOf(db, uf);
  const names = new Set([...granted, ...knownViews(db, uf)]);
  const views = [...names].sort().map((view) => viewFacts(db, uf, view, last));
  const journal = rule === 2 ? new Journals(db, new Attentions(db)).proof(uf) : null;
  return {
    ...{ source: uf, rule, grant, ended, left, certificate, journal },
    lastRun: last === null ? null : runFacts(last),
    views,
  };
}

/** Central's own, the next one too; none where they cannot be read, which `doctor` tells. */
function ownCertificates(state: string): Certificate[] {
  try {
    return centralIdentities({ state }).certificates();
  } catch {
    return [];
  }
}

/** Of the agent's newest certificate and that of central which it was told of last, the one that ends first. */
function firstToEnd(entry: SourceEntry, own: readonly Certificate[]): CertificateFacts | null {
  const trust = trustOrNull(entry);
  const agent = trust?.certificates?.at(-1);
  // Of a source without TLS neither side shows any.
  if (agent === undefined) return null;
  const central = own.find(({ key }) => key.thumbprint === trust?.centralKey) ?? own[0];
  if (central !== undefined && central.end < agent.end) return { of: 'central', end: central.end };
  return { of: 'agent', end: agent.end };
}

function trustOrNull(entry: SourceEntry): Trust | null {
  if (isDirectEntry(entry)) return null;
  try {
    return readTrust(entry);
  } catch {
    return null;
  }
}

function endOf(entry: SourceEntry): Pick<SourceFacts, 'ended'> & { readonly left: LeftFacts | null } {
  const none = { ended: null, left: null };
  const record = recordOf(entry);
  if (record === null) return none;
  try {
    const source = readRecord(record);
    const left = departureOf(source);
    return {
      ended: source.ended?.at ?? null,
      left: left === null ? null : { at: left.at, reason: left.reason },
    };
  } catch {
    return none;
  }
}

/** The agreement, as the grant tells it; without an agent, as central's own record does. */
function grantOrNull(entry: SourceEntry): (Agreement & { readonly views: readonly string[] }) | null {
  try {
    return isDirectEntry(entry) ? ownAgreement(entry) : readGrantFacts(readGrant(entry));
  } catch {
    return null;
  }
}

function ownAgreement(entry: DirectEntry): ReturnType<typeof grantOrNull> {
  const { number: act, begin, end, views } = agreementAsIs(entry);
  return { act, begin: new Date(begin), end: new Date(end), views };
}

function knownViews(db: StateFile, source: string): string[] {
  const rows: unknown[] = db
    .prepare(
      `SELECT view FROM view_state WHERE source = @source
       UNION SELECT view FROM attention WHERE source = @source AND view <> ''
       UNION SELECT view FROM checkpoint WHERE source = @source
       UNION SELECT view FROM run_view
              WHERE run IN (SELECT id FROM run WHERE source = @source ORDER BY id DESC LIMIT 5)`,
    )
    .all({ source });
  return (rows as { view: string }[]).map(({ view }) => view);
}

interface LastRun extends RunFacts {
  readonly id: number;
  /** Parts of views that it wrote down. */
  readonly parts: number;
}

function lastRunOf(db: StateFile, source: string): LastRun | null {
  const row: unknown = db
    .prepare(
      `SELECT id, started, outcome, problem, (SELECT count(*) FROM run_view WHERE run = run.id) AS parts
         FROM run WHERE source = ? AND ended IS NOT NULL AND outcome <> 'stopped' ORDER BY id DESC LIMIT 1`,
    )
    .get(source);
  return (row as LastRun | undefined) ?? null;
}

function viewFacts(db: StateFile, source: string, view: string, last: LastRun | null): ViewFacts {
  const state = new ViewStates(db).find(source, view) ?? null;
  return {
    view,
    state,
    attention: new Attentions(db).find(source, view) ?? null,
    lastRun: lastRunOfView(db, source, view, last),
    // Only needed then, and it may have to walk through every run of the source.
    firstRun: (state?.reconciled ?? null) === null ? firstRunOf(db, source, view) : null,
  };
}

/** Runs by the source's index, each asked whether it has the view: the last one nearly always has. */
const runsOfView =
  'FROM run r CROSS JOIN run_view v ON v.run = r.id AND v.view = @view WHERE r.source = @source';

/**
 * A run that failed before it came to any view tells of all of them. Not so one that was to collect a view that the
 * source does not have: whoever asked for that one view has mistaken its name.
 */
function lastRunOfView(db: StateFile, source: string, view: string, last: LastRun | null): RunFacts | null {
  const parts = db
    .prepare(
      `SELECT r.id, r.started, v.outcome, v.problem ${runsOfView} ORDER BY r.id DESC, v.outcome = 'failed' DESC LIMIT 1`,
    )
    .all({ source, view }) as (RunFacts & { id: number })[];
  const own = parts[0] ?? null;
  const failedAsAWhole = last?.outcome === 'failed' && last.parts === 0 && last.problem !== 'view-unknown';
  const decisive = failedAsAWhole && last.id > (own?.id ?? 0) ? last : own;
  return decisive === null ? null : runFacts(decisive);
}

function runFacts({ started, outcome, problem }: RunFacts): RunFacts {
  return { started, outcome, problem };
}

function firstRunOf(db: StateFile, source: string, view: string): string | null {
  const row: unknown = db
    .prepare(`SELECT r.started ${runsOfView} ORDER BY r.id LIMIT 1`)
    .get({ source, view });
  return (row as { started: string } | undefined)?.started ?? null;
}
