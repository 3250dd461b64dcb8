import { encodeField } from '../../../shared/sources/reading/lines.ts';
import type { Transaction } from '../base.ts';
import { inScope, type Scope } from './queue.ts';
import { ofRules, type SomeRules } from './some-rules.ts';

/** What a rule found, and by looking at what. */
export interface Finding {
  readonly rule: string;
  readonly source: string;
  readonly view: string;
  readonly id: string;
  /** Empty where a rule finds a row but once. */
  readonly item: string;
  /** The key of the subject that was looked at. */
  readonly key: string;
}

/** What replacing the findings of a scope came to in the rows of a source. */
export interface Replaced {
  readonly source: string;
  readonly opened: number;
  readonly resolved: number;
}

/** Sets findings down for `replaceFindings` of the same transaction: of one key there may be any number. */
export async function stageFindings(tx: Transaction, findings: readonly Finding[]): Promise<void> {
  await tx.execute(
    `CREATE TEMP TABLE IF NOT EXISTS found (regra text COLLATE "C", fonte text COLLATE "C", visao text COLLATE "C",
       id text COLLATE "C", item text COLLATE "C", chave text COLLATE "C") ON COMMIT DROP`,
  );
  if (findings.length > 0) await tx.copyIn('found', linesOf(findings));
}

/** As `found` has them. */
const fields = ['rule', 'source', 'view', 'id', 'item', 'key'] as const;

/**
 * Replaces what is open of a scope by what is found now: what is not found any more is resolved, what is found again is
 * open again since it was first found. Where a rule could not look (`recordFailures`, before this), what it had found
 * stays. What is resolved no longer says by looking at what it was found: that may be a document, and of somebody else.
 *
 * @param findings what is found now: all of it, or, where some was staged before, the rest
 * @param asked the rules that were asked: what others had found stays
 */
export async function replaceFindings(
  tx: Transaction,
  scope: Scope,
  { findings, staged }: { readonly findings: readonly Finding[]; readonly staged: boolean },
  asked: SomeRules,
): Promise<Replaced[]> {
  const { subject, under } = scope;
  // Few, as nearly always, they go along with the question: a table for them costs more than all that is done with it.
  if (staged) await stageFindings(tx, findings);
  const parameters: unknown[] = [subject, under];
  const conditions = [inScope('a.chave', scope, parameters), ofRules('a', asked, parameters)].join(' AND ');
  const given = () =>
    fields.map((field) => `$${parameters.push(findings.map((each) => each[field]))}::text[]`);
  const found = staged
    ? 'found'
    : `(SELECT * FROM unnest(${given().join(', ')}) AS f (regra, fonte, visao, id, item, chave))`;
  return tx.query<Replaced>(
    `WITH found AS MATERIALIZED (
       SELECT regra, fonte, visao, id, item, min(chave) AS chave FROM ${found} f GROUP BY 1, 2, 3, 4, 5
     ), over AS (
       UPDATE nacional.achado a SET resolvido = now(), chave = ''
        WHERE a.assunto = $1 AND a.fonte_assunto = $2 AND a.resolvido IS NULL AND ${conditions}
          AND NOT EXISTS (SELECT FROM nacional.falha l WHERE l.assunto = a.assunto AND l.fonte = a.fonte_assunto
                             AND l.chave = a.chave AND l.regra = a.regra AND l.visao = a.visao)
          AND NOT EXISTS (SELECT FROM found f WHERE f.fonte = a.fonte AND f.visao = a.visao AND f.id = a.id
                             AND f.regra = a.regra AND f.item = a.item)
       RETURNING a.fonte
     ), now_open AS (
       INSERT INTO nacional.achado AS a
         (regra, fonte, visao, id, item, assunto, fonte_assunto, chave, desde, visto)
       SELECT regra, fonte, visao, id, item, $1, $2, chave, now(), now() FROM found
       ON CONFLICT (fonte, visao, id, regra, item) DO UPDATE SET
         assunto = excluded.assunto, fonte_assunto = excluded.fonte_assunto, chave = excluded.chave,
         visto = excluded.visto, resolvido = NULL
        WHERE a.resolvido IS NOT NULL OR a.visto::date < excluded.visto::date
           OR (a.assunto, a.fonte_assunto, a.chave)
              IS DISTINCT FROM (excluded.assunto, excluded.fonte_assunto, excluded.chave)
       RETURNING fonte, desde = now() AS fresh)
     SELECT source, sum(opened)::int AS opened, sum(resolved)::int AS resolved
       FROM (SELECT fonte AS source, 1 AS opened, 0 AS resolved FROM now_open WHERE fresh
             UNION ALL SELECT fonte, 0, 1 FROM over) r GROUP BY 1 ORDER BY 1`,
    parameters,
  );
}

function linesOf(findings: readonly Finding[]): Buffer {
  const lines = findings.map(({ rule, source, view, id, item, key }) =>
    [rule, source, view, id, item, key].map(encodeField).join('\t'),
  );
  return Buffer.from(`${lines.join('\n')}\n`);
}
