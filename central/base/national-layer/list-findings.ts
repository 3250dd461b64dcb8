import type { Base, Questions } from '../base.ts';
import { instantToSecond } from '../instants.ts';
import { quoteName, sourceTable } from '../names.ts';
import { inIndexOrder } from '../source-layer/index-order.ts';
import { columnsIn } from '../source-layer/view-tables.ts';

/** Open findings of a rule in a view of a source. */
export interface FindingCount {
  readonly source: string;
  readonly view: string;
  readonly rule: string;
  readonly open: number;
  /** When the oldest of them was found first: ISO 8601, UTC. */
  readonly oldest: string;
}

/** What was found with it, by looking at what registers share: a CPF, a person. */
export interface SharedFinding extends ListedFinding {
  readonly beside: readonly { readonly source: string; readonly id: string }[];
}

/** An open finding. */
export interface ListedFinding {
  readonly source: string;
  readonly view: string;
  readonly id: string;
  readonly rule: string;
  /** A column or an id, or nothing. */
  readonly item: string;
  /** When it was found first, and when it was seen last: ISO 8601, UTC; the last is renewed once a day at most. */
  readonly since: string;
  readonly seen: string;
}

/** A finding with what the state gave in the column that it is about. */
export interface ExportedFinding extends ListedFinding {
  /** Null where it gave nothing; undefined where it is about no column. Cut to what a cell of a spreadsheet holds. */
  readonly value: string | null | undefined;
}

/** Columns of `nacional.achado` as a `ListedFinding` has them. */
export const listed = `fonte AS source, visao AS view, id, regra AS rule, item,
  ${instantToSecond('desde')} AS since, ${instantToSecond('visto')} AS seen`;

/** How many findings are open of these sources, by source, view and rule. */
export function countFindings(questions: Questions, sources: readonly string[]): Promise<FindingCount[]> {
  return questions.query(
    `SELECT fonte AS source, visao AS view, regra AS rule, count(*)::int AS open,
            ${instantToSecond('min(desde)')} AS oldest
       FROM nacional.achado WHERE fonte = ANY ($1) AND resolvido IS NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    [sources],
  );
}

/** More of what was found beside one are not told. */
export const mostBeside = 3;

/** The first open findings of a rule, in the order of their rows. */
export function findingsOfRule(
  questions: Questions,
  sources: readonly string[],
  rule: string,
  most: number,
): Promise<SharedFinding[]> {
  return questions.query(
    `SELECT ${listed}, CASE WHEN fonte_assunto <> '' THEN '[]' ELSE (
              SELECT coalesce(jsonb_agg(jsonb_build_object('source', o.fonte, 'id', o.id)), '[]') FROM (
                SELECT DISTINCT fonte, id FROM nacional.achado o
                 WHERE o.assunto = a.assunto AND o.fonte_assunto = '' AND o.chave = a.chave AND o.regra = a.regra
                   AND o.visao = a.visao AND o.resolvido IS NULL AND (o.fonte, o.id) <> (a.fonte, a.id)
                 ORDER BY fonte, id LIMIT ${mostBeside}) o) END AS beside
       FROM nacional.achado a WHERE fonte = ANY ($1) AND regra = $2 AND resolvido IS NULL
      ORDER BY fonte, visao, id, item LIMIT $3`,
    [sources, rule, most],
  );
}

/** Rules of a source that could not be checked at all, and those that failed at some of what they look at. */
export interface CheckedSource {
  readonly source: string;
  readonly failed: readonly string[];
  readonly partly: readonly string[];
}

/** What became of the rules of each of these sources that could not be checked; a source that never was is not there. */
export function checkedSources(questions: Questions, sources: readonly string[]): Promise<CheckedSource[]> {
  return questions.query(
    `SELECT fonte AS source,
            coalesce(array_agg(DISTINCT regra ORDER BY regra) FILTER (WHERE situacao = 'failed'), '{}') AS failed,
            coalesce(array_agg(DISTINCT regra ORDER BY regra)
              FILTER (WHERE situacao <> 'failed' AND falhas > 0), '{}') AS partly
       FROM nacional.conferencia WHERE fonte = ANY ($1) GROUP BY 1 ORDER BY 1`,
    [sources],
  );
}

/** Read at once; with at most 32 KiB a value they are a few megabytes, however many there are. */
export const atOnce = 200;
/** What a cell of a spreadsheet holds. */
const cellLength = 32_767;

/** The column that a finding is about; null where that is none, or several. */
export type ColumnOf = (finding: ListedFinding) => string | null;

/** Every open finding of a source, in the order of its rows, in bounded memory. */
export async function* exportedFindings(
  base: Base,
  source: string,
  columnOf: ColumnOf,
): AsyncGenerator<ExportedFinding> {
  let after: readonly string[] = ['', '', '', ''];
  for (;;) {
    const found = await base.snapshot(async (questions) => {
      await inIndexOrder(questions);
      const findings = await questions.query<ListedFinding>(
        `SELECT ${listed} FROM nacional.achado
          WHERE fonte = $1 AND resolvido IS NULL AND (visao, id, regra, item) > ($2, $3, $4, $5)
          ORDER BY visao, id, regra, item LIMIT ${atOnce}`,
        [source, ...after],
      );
      return withValues(questions, source, findings, columnOf);
    });
    yield* found;
    const last = found.at(-1);
    if (last === undefined) return;
    after = [last.view, last.id, last.rule, last.item];
  }
}

/** With what the state gave in the column that each is about. */
export async function withValues(
  questions: Questions,
  source: string,
  findings: readonly ListedFinding[],
  columnOf: ColumnOf,
): Promise<ExportedFinding[]> {
  const values = new Map<string, string | null>();
  for (const [view, own] of Map.groupBy(findings, (finding) => finding.view)) {
    const there = await columnsIn(questions, sourceTable(source, view));
    const columns = there.filter((name) => own.some((finding) => columnOf(finding) === name));
    if (columns.length === 0) continue;
    const list = columns.map((name) => `left(${quoteName(name)}, ${cellLength}) AS ${quoteName(name)}`);
    const rows = await questions.query<Record<string, string | null>>(
      `SELECT id AS _id, ${list.join(', ')} FROM ${sourceTable(source, view)} WHERE id = ANY ($1)`,
      [own.map(({ id }) => id)],
    );
    for (const { _id: id, ...row } of rows) {
      for (const [name, value] of Object.entries(row)) values.set(JSON.stringify([view, id, name]), value);
    }
  }
  return findings.map((finding) => ({
    ...finding,
    value: values.get(JSON.stringify([finding.view, finding.id, columnOf(finding)])),
  }));
}
