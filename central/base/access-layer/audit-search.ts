import type { Questions } from '../base.ts';
import { auditColumns } from './audit.ts';

/** Which entries; what is not named does not matter. */
export interface AuditFilter {
  /** From this instant on, and before that one; ISO 8601. */
  readonly from?: string;
  readonly until?: string;
  /** Id of who looked. */
  readonly person?: string;
  /** Id of the body in which they did. */
  readonly body?: string;
  readonly event?: string;
  readonly purpose?: string;
  /** A register that was shown, by `natal_id`. */
  readonly record?: string;
}

/** An entry with the names of who is in it by id. */
export interface NamedEntry {
  readonly id: number;
  readonly at: string;
  readonly kind: 'request' | 'event';
  readonly body: string;
  readonly hash: string;
  readonly salt: string | null;
  readonly terms: string | null;
  readonly personName: string | null;
  readonly personCpf: string | null;
  readonly bodyShort: string | null;
}

/** What each part of a filter asks of an entry, as the table's indexes have it. */
const conditions: Readonly<Record<keyof AuditFilter, (value: string) => string>> = {
  // By number, which grows with the instant: a page is read from its end, however far back the day is.
  from: (value) => `a.numero >= ${numberAt(value)}`,
  until: (value) => `a.numero < ${numberAt(value)}`,
  person: (value) => `a.corpo::jsonb ->> 'person' = ${value}`,
  body: (value) => `a.corpo::jsonb ->> 'body' = ${value}`,
  event: (value) => `a.corpo::jsonb ->> 'event' = ${value}`,
  purpose: (value) => `a.corpo::jsonb ->> 'purpose' = ${value}`,
  record: (value) => `(a.termos::jsonb -> 'records') ? ${value}`,
};

/** Number of the first entry from an instant on. */
function numberAt(value: string): string {
  return `coalesce((SELECT t.numero FROM acesso.auditoria t WHERE t.quando >= ${value}
                     ORDER BY t.quando, t.numero LIMIT 1), 9223372036854775807)`;
}

/** Entries, the last one first. @param before only those of lower numbers: the page that follows */
export function searchAudit(
  questions: Questions,
  filter: AuditFilter,
  { before, most }: { readonly before: number | null; readonly most: number },
): Promise<NamedEntry[]> {
  const parameters: unknown[] = [most];
  const where = Object.entries(conditions).flatMap(([name, condition]) => {
    const value = filter[name as keyof AuditFilter];
    return value === undefined ? [] : [condition(`$${parameters.push(value)}::text`)];
  });
  if (before !== null) where.push(`a.numero < $${parameters.push(before)}::bigint`);
  const only = where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`;
  return questions.query<NamedEntry>(
    `${named(`SELECT * FROM acesso.auditoria a ${only} ORDER BY numero DESC LIMIT $1`)} ORDER BY id DESC`,
    parameters,
  );
}

/** Entries that showed one of these registers (`natal_id`), the last one first. @param before as of `searchAudit` */
export function looksAtRecords(
  questions: Questions,
  records: readonly string[],
  { before, most }: { readonly before: number | null; readonly most: number },
): Promise<NamedEntry[]> {
  return questions.query<NamedEntry>(
    `${named(`SELECT * FROM acesso.auditoria a
       WHERE (a.termos::jsonb -> 'records') ?| $1::text[] AND ($2::bigint IS NULL OR a.numero < $2::bigint)
       ORDER BY numero DESC LIMIT $3`)} ORDER BY id DESC`,
    [records, before, most],
  );
}

/** One entry; null where there is none of that number. */
export async function auditEntry(questions: Questions, number: number): Promise<NamedEntry | null> {
  const [found] = await questions.query<NamedEntry>(
    named('SELECT * FROM acesso.auditoria WHERE numero = $1'),
    [number],
  );
  return found ?? null;
}

function named(entries: string): string {
  return `SELECT ${auditColumns}, p.nome AS "personName", p.cpf AS "personCpf", o.sigla AS "bodyShort"
    FROM (${entries}) e
    LEFT JOIN acesso.pessoa p ON p.id = ${idIn('person')}
    LEFT JOIN acesso.orgao o ON o.id = ${idIn('body')}`;
}

/** What is no id is of nobody, and keeps nobody else from being shown. */
function idIn(name: string): string {
  const value = `corpo::jsonb ->> '${name}'`;
  return `CASE WHEN ${value} ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN (${value})::uuid END`;
}

/** Names of events that there are, for who chooses one: read by the index, one step a name. */
export async function auditEvents(questions: Questions): Promise<string[]> {
  const found = await questions.query<{ event: string }>(
    `WITH RECURSIVE one AS (
       (SELECT min(corpo::jsonb ->> 'event') AS event FROM acesso.auditoria)
       UNION ALL
       SELECT (SELECT min(a.corpo::jsonb ->> 'event') FROM acesso.auditoria a
                WHERE a.corpo::jsonb ->> 'event' > one.event) FROM one WHERE one.event IS NOT NULL)
     SELECT event FROM one WHERE event IS NOT NULL`,
  );
  return found.map(({ event }) => event);
}

/** Numbers of the first and the last entry of a time; of one without an entry, of the one behind it and that before. */
export async function numbersBetween(
  questions: Questions,
  from: string | null,
  until: string | null,
): Promise<{ readonly first: number; readonly last: number }> {
  const [found] = await questions.query<{ first: number; last: number }>(
    `WITH ended AS (SELECT coalesce(max(numero), 0) + 1 AS number FROM acesso.auditoria)
     SELECT least(${numberAt('$1::text')}, ended.number)::int AS first,
            (least(${numberAt('$2::text')}, ended.number) - 1)::int AS last FROM ended`,
    [from ?? '', until],
  );
  return found ?? { first: 1, last: 0 };
}
