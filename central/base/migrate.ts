import { GuaritaError } from '../../shared/errors.ts';
import { baseNewer, holdMigrating } from './at-version.ts';
import type { Base, Transaction } from './base.ts';
import { migrations } from './migrations.ts';

/** Indexes over what is there already take their time: much more than a page does. */
const limits = { timeoutSeconds: 3600 } as const;
/** Who has to migrate as well waits so long for who is at it, or still uses the base as it was. */
const longestWait = 60_000;

/** The oldest server that is tested against, as `server_version_num` says it. */
const oldestServer = 150_000;

/**
 * Brings the base up to this program's version and returns the base's id. Refuses a base that a newer program has
 * migrated (`base-newer`), since this one does not know what that one relies on, one that another is migrating for too
 * long (`base-migrating`), and a server that cannot hold the base (`base-unsuitable`).
 */
export async function migrateBase(
  base: Base,
  { waitMilliseconds = longestWait }: { readonly waitMilliseconds?: number } = {},
): Promise<string> {
  return base.transaction(async (tx) => {
    await requireSuitable(tx);
    // Nothing is written where nothing is to be done: who may only read can, and from a replica as well.
    if ((await requireKnown(tx)) === migrations.length) return idOf(tx);
    await holdMigrating(tx, waitMilliseconds);
    await tx.execute(`CREATE SCHEMA IF NOT EXISTS guarita;
      CREATE TABLE IF NOT EXISTS guarita.migration (
        version integer PRIMARY KEY, applied timestamptz NOT NULL DEFAULT now());`);
    const version = await requireKnown(tx);
    for (const [index, sql] of migrations.entries()) {
      if (index < version) continue;
      await tx.execute(sql);
      await tx.query('INSERT INTO guarita.migration (version) VALUES ($1)', [index + 1]);
    }
    return idOf(tx);
  }, limits);
}

/** The version of the base. Throws `base-newer`. */
async function requireKnown(tx: Transaction): Promise<number> {
  const version = await versionOf(tx);
  if (version > migrations.length) throw baseNewer(version);
  return version;
}

async function versionOf(tx: Transaction): Promise<number> {
  const [table] = await tx.query<{ there: boolean }>(
    `SELECT to_regclass('guarita.migration') IS NOT NULL AS there`,
  );
  if (table?.there !== true) return 0;
  const [row] = await tx.query<{ version: number | null }>(
    'SELECT max(version) AS version FROM guarita.migration',
  );
  return row?.version ?? 0;
}

async function idOf(tx: Transaction): Promise<string> {
  const [base] = await tx.query<{ id: string }>('SELECT id FROM guarita.base');
  return base?.id ?? '';
}

/** In any other encoding there are characters that the base could not hold: pages would fail one by one, much later. */
async function requireSuitable(tx: Transaction): Promise<void> {
  const [server] = await tx.query<{ encoding: string; version: number }>(
    `SELECT current_setting('server_encoding') AS encoding, current_setting('server_version_num')::int AS version`,
  );
  if (server === undefined) return;
  const { encoding, version } = server;
  if (encoding !== 'UTF8') throw new GuaritaError('base-unsuitable', `A codificação é ${encoding}.`);
  if (version < oldestServer) {
    throw new GuaritaError('base-unsuitable', `É PostgreSQL ${Math.floor(version / 10_000)}.`);
  }
}
