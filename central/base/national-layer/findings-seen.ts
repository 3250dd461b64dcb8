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

/** Of which rows of a view somebody may be told what was found. */
export interface FindingsSeen {
  readonly view: string;
  /** Its rows that are seen, as SQL to stand after FROM. */
  readonly rows: string;
  /** By these rules. */
  readonly rules: readonly string[];
  /** Columns that are not seen: nothing is told of what was found in these. */
  readonly hidden: readonly string[];
}

/** Of what was found in rows that are seen, what rests on nothing else; in its order. */
export type Judge = <T extends ListedFinding>(
  questions: Questions,
  found: readonly T[],
) => Promise<readonly T[]>;

const beside = (rows: string) => `
  SELECT o.fonte, o.id FROM nacional.achado o JOIN ${rows} AS w ON w.fonte = o.fonte AND w.id = o.id
   WHERE o.assunto = a.assunto AND o.fonte_assunto = '' AND o.chave = a.chave AND o.regra = a.regra
     AND o.visao = a.visao AND o.item = a.item AND o.resolvido IS NULL AND (o.fonte, o.id) <> (a.fonte, a.id)`;

/** `$1` the source, `$2` the view, `$3` the rules, `$4` the hidden columns. */
const seen = ({ rows }: FindingsSeen) => `
  nacional.achado a JOIN ${rows} AS v ON v.fonte = a.fonte AND v.id = a.id
   WHERE a.fonte = $1 AND a.visao = $2 AND a.resolvido IS NULL AND a.regra = ANY ($3) AND NOT a.item = ANY ($4)`;

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

/** So many are judged at the most for one page: where hardly any of them may be told, the next page goes on. */
const mostJudged = 1000;

/**
 * Open findings of the rules, in the order of their rows, and behind which one the next page goes on; null: there is none.
 */
export async function findingsOnPage(
  questions: Questions,
  source: string,
  among: FindingsSeen,
  { people, names, after, most }: FindingsPage,
  judge: Judge,
): Promise<{ readonly findings: readonly FindingOnPage[]; readonly next: FindingsPage['after'] | null }> {
  const told: FindingOnPage[] = [];
  let from = after;
  for (let judged = 0; judged < mostJudged; ) {
    const part = judged === 0 ? most + 1 : atOnce;
    const found = await questions.query<FindingOnPage>(
      `SELECT ${listed}, register, beside FROM (
         SELECT a.*, ${registerOf[names](people)} AS register, CASE WHEN a.fonte_assunto <> '' THEN '[]' ELSE (
                  SELECT coalesce(jsonb_agg(jsonb_build_object('source', fonte, 'id', id)), '[]') FROM (
                    SELECT DISTINCT fonte, id FROM (${beside(among.rows)}) b ORDER BY fonte, id LIMIT ${mostBeside}) o) END AS beside
           FROM ${seen(among)} AND (a.id, a.item) > ($5, $6) ORDER BY a.id, a.item LIMIT $7) f ORDER BY id, item`,
      [source, among.view, among.rules, among.hidden, ...from, part],
    );
    told.push(...(await judge(questions, found)));
    judged += found.length;
    const findings = told.slice(0, most);
    const last = findings.at(-1);
    if (told.length > most && last !== undefined) return { findings, next: [last.id, last.item] };
    const behind = found.at(-1);
    if (behind === undefined || found.length < part) return { findings, next: null };
    from = [behind.id, behind.item];
  }
  return { findings: told, next: from };
}

/** Every open finding that may be told, in the order of its rows, a part at a time; so many at the most. */
export async function* exportedSeen(
  base: Base,
  source: string,
  all: readonly FindingsSeen[],
  { columnOf, judge, most }: { readonly columnOf: ColumnOf; readonly judge: Judge; readonly most: number },
): AsyncGenerator<ExportedFinding> {
  let left = most;
  for (const among of all) {
    let after: readonly string[] = ['', '', ''];
    while (left > 0) {
      const from = after;
      const { found, told } = await base.snapshot(
        async (questions) => {
          const found = await questions.query<ListedFinding>(
            `SELECT ${listed} FROM (
               SELECT a.* FROM ${seen(among)} AND (a.id, a.regra, a.item) > ($5, $6, $7)
                ORDER BY a.id, a.regra, a.item LIMIT ${atOnce}) f ORDER BY id, regra, item`,
            [source, among.view, among.rules, among.hidden, ...from],
          );
          const judged = (await judge(questions, found)).slice(0, left);
          return { found, told: await withValues(questions, source, judged, columnOf) };
        },
        { use: 'pages' },
      );
      yield* told;
      left -= told.length;
      const last = found.at(-1);
      if (last === undefined || found.length < atOnce) break;
      after = [last.id, last.rule, last.item];
    }
  }
}
