import type { Base, Questions } from '../base.ts';
import {
  atOnce,
  type ColumnOf,
  type ExportedFinding,
  type ListedFinding,
  listed,
  mostBeside,
  type SharedFinding,
  withValues,
} from './list-findings.ts';

/** Of which rows of a view somebody is told what was found. */
export interface FindingsSeen {
  readonly view: string;
  /** Its rows that are seen, as SQL to stand after FROM. */
  readonly rows: string;
  /** By rules that look at nothing but what is seen. */
  readonly rules: readonly string[];
  /** Columns that are not seen: nothing is told of what was found in these. */
  readonly hidden: readonly string[];
  /** Some states are not seen: of what was found by looking at several rows, another of these has to be seen. */
  readonly isOfSomeStates: boolean;
}

const beside = (rows: string) => `
  SELECT o.fonte, o.id FROM nacional.achado o JOIN ${rows} AS w ON w.fonte = o.fonte AND w.id = o.id
   WHERE o.assunto = a.assunto AND o.fonte_assunto = '' AND o.chave = a.chave AND o.regra = a.regra
     AND o.visao = a.visao AND o.resolvido IS NULL AND (o.fonte, o.id) <> (a.fonte, a.id)`;

/** `$1` the source, `$2` the view, `$3` the rules, `$4` the hidden columns. */
const seen = ({ rows, isOfSomeStates }: FindingsSeen) => `
  nacional.achado a JOIN ${rows} AS v ON v.fonte = a.fonte AND v.id = a.id
   WHERE a.fonte = $1 AND a.visao = $2 AND a.resolvido IS NULL AND a.regra = ANY ($3) AND NOT a.item = ANY ($4)
     AND ${isOfSomeStates ? `(a.fonte_assunto <> '' OR EXISTS (${beside(rows)}))` : 'true'}`;

/** A finding on a page, and the register of whom its row is; null where it is nobody's, or not seen. */
export interface FindingOnPage extends SharedFinding {
  readonly register: string | null;
}

export interface FindingsPage {
  /** Rows of people in custody that are seen, as SQL to stand after FROM. */
  readonly people: string;
  /** How a row names its person: by being one, by `custodiado_id`, or not at all. */
  readonly names: 'itself' | 'custodiado' | 'nobody';
  readonly after: readonly [id: string, item: string];
  readonly most: number;
}

const registerOf: Readonly<Record<FindingsPage['names'], (people: string) => string>> = {
  itself: () => 'v.natal_id::text',
  custodiado: (people) =>
    `(SELECT p.natal_id::text FROM ${people} AS p WHERE p.fonte = v.fonte AND p.id = v.custodiado_id)`,
  nobody: () => 'NULL::text',
};

/** Open findings of the first of the rules, in the order of their rows. */
export function findingsOnPage(
  questions: Questions,
  source: string,
  among: FindingsSeen,
  { people, names, after, most }: FindingsPage,
): Promise<FindingOnPage[]> {
  return questions.query(
    `SELECT ${listed}, register, beside FROM (
       SELECT a.*, ${registerOf[names](people)} AS register, CASE WHEN a.fonte_assunto <> '' THEN '[]' ELSE (
                SELECT coalesce(jsonb_agg(jsonb_build_object('source', fonte, 'id', id)), '[]') FROM (
                  SELECT DISTINCT fonte, id FROM (${beside(among.rows)}) b ORDER BY fonte, id LIMIT ${mostBeside}) o) END AS beside
         FROM ${seen(among)} AND (a.id, a.item) > ($5, $6) ORDER BY a.id, a.item LIMIT $7) f ORDER BY id, item`,
    [source, among.view, among.rules, among.hidden, ...after, most],
  );
}

/** Every open finding that is seen, in the order of its rows, a part at a time; so many at the most. */
export async function* exportedSeen(
  base: Base,
  source: string,
  all: readonly FindingsSeen[],
  columnOf: ColumnOf,
  most: number,
): AsyncGenerator<ExportedFinding> {
  let left = most;
  for (const among of all) {
    let after: readonly string[] = ['', '', ''];
    while (left > 0) {
      const part = Math.min(left, atOnce);
      const from = after;
      const found = await base.snapshot(
        async (questions) => {
          const findings = await questions.query<ListedFinding>(
            `SELECT ${listed} FROM (
               SELECT a.* FROM ${seen(among)} AND (a.id, a.regra, a.item) > ($5, $6, $7)
                ORDER BY a.id, a.regra, a.item LIMIT $8) f ORDER BY id, regra, item`,
            [source, among.view, among.rules, among.hidden, ...from, part],
          );
          return withValues(questions, source, findings, columnOf);
        },
        { use: 'pages' },
      );
      yield* found;
      left -= found.length;
      const last = found.at(-1);
      if (last === undefined || found.length < part) break;
      after = [last.id, last.rule, last.item];
    }
  }
}
