import { standardViews } from '../../../shared/dictionary/standard-views.ts';
import type { Questions } from '../../base/base.ts';
import { instant } from '../../base/instants.ts';
import { sourcesTellingOpen, surelyOpen } from '../../base/national-layer/open-custody.ts';
import type { Sight } from '../../base/sight/sight.ts';
import { rules } from '../../treat/rules/all.ts';
import type { PersonRule, Register, Rule, SharedRule } from '../../treat/rules/rule.ts';
import { severityNames } from '../../treat/rules/severity-names.ts';
import type { SeenPerson, SeenRegister } from './find-person.ts';
import { restsOnSeen } from './rests-on-seen.ts';

/** What a rule found in rows of a person, of one source. */
export interface PersonFinding {
  readonly rule: Rule;
  readonly source: string;
  /** In which rows, and of which column of each, where it is of one. */
  readonly rows: readonly { readonly id: string; readonly item: string }[];
  /** When the first of them was found: ISO 8601. */
  readonly since: string;
}

export interface PersonFindings {
  /** The worst first. */
  readonly findings: readonly PersonFinding[];
  /** There are more rows than were read. */
  readonly more: boolean;
}

/** Rows with a finding that are read of one person. */
const mostRows = 1000;

/**
 * Which rule finds the same by other evidence, where the first one's is not seen: if nothing were told, that would say that
 * two CPFs are one.
 */
const foundOtherwise: Readonly<Record<string, string>> = { C07a: 'C07b' };

interface Found {
  readonly code: string;
  readonly source: string;
  readonly view: string;
  readonly id: string;
  readonly item: string;
  readonly since: string;
}

/** What is found in this person's rows and rests on nothing that the body does not see. */
export async function findingsOn(
  questions: Questions,
  sight: Sight,
  person: SeenPerson,
  seesAllRows: boolean,
): Promise<PersonFindings> {
  const found = await readFindings(questions, sight, person);
  const kept: (Found & { readonly rule: Rule })[] = [];
  const again = new Map<Rule, Promise<ReadonlySet<string>>>();
  for (const each of found.slice(0, mostRows)) {
    let rule = ruleOf(each.code, each.view);
    // One that this version does not have: nobody can say what it looked at.
    if (rule === undefined) continue;
    let rests = restsOnSeen(rule, each.item, sight, seesAllRows);
    const otherwise = ruleOf(foundOtherwise[each.code] ?? '', each.view);
    if (rests === 'no' && otherwise !== undefined) {
      rule = otherwise;
      // It was not asked of what another rule had found already.
      rests = restsOnSeen(rule, each.item, sight, seesAllRows) === 'no' ? 'no' : 'anew';
    }
    if (rests === 'no') continue;
    if (rests === 'anew' && (rule.scope === 'person' || rule.scope === 'shared')) {
      const hits = again.get(rule) ?? foundAnew(questions, sight, person, rule);
      again.set(rule, hits);
      if (!(await hits).has(keyOf(each))) continue;
    }
    kept.push({ ...each, code: rule.code, rule });
  }
  const groups = [
    ...Map.groupBy(kept, ({ code, view, source }) => JSON.stringify([code, view, source])).values(),
  ];
  const findings = groups.flatMap((group): PersonFinding[] => {
    const [first] = group;
    if (first === undefined) return [];
    const since = group.map((each) => each.since).toSorted()[0] ?? first.since;
    return [
      { rule: first.rule, source: first.source, rows: group.map(({ id, item }) => ({ id, item })), since },
    ];
  });
  return { findings: findings.toSorted(worstFirst), more: found.length > mostRows };
}

function ruleOf(code: string, view: string): Rule | undefined {
  return rules.find((rule) => rule.code === code && rule.view === view);
}

const severities = Object.keys(severityNames);

function worstFirst(a: PersonFinding, b: PersonFinding): number {
  const place = ({ rule }: PersonFinding) => severities.indexOf(rule.severity);
  return place(a) - place(b) || a.rule.code.localeCompare(b.rule.code) || a.source.localeCompare(b.source);
}

/** By what was looked at, or by the register's own row; visits last, since they may be very many. */
function readFindings(questions: Questions, sight: Sight, { role, registers }: SeenPerson): Promise<Found[]> {
  const seen = (view: string) =>
    `(a.visao <> '${view}' OR EXISTS (SELECT FROM ${sight.view(view)} AS r WHERE r.fonte = a.fonte AND r.id = a.id))`;
  const views = standardViews.map(({ name }) => name).filter((name) => sight.sees(name));
  return questions.query(
    `WITH own AS (SELECT * FROM unnest($1::text[], $2::text[]) AS k (fonte, chave)),
      found AS (
       SELECT a.* FROM own k JOIN nacional.achado a ON a.assunto = $3 AND a.fonte_assunto = k.fonte AND a.chave = k.chave
          AND a.resolvido IS NULL AND a.fonte = k.fonte
       UNION SELECT a.* FROM own k JOIN nacional.achado a ON a.fonte = k.fonte AND a.visao = $3 AND a.id = k.chave
          AND a.resolvido IS NULL)
     SELECT a.regra AS code, a.fonte AS source, a.visao AS view, a.id, a.item, ${instant('a.desde')} AS since
       FROM found a WHERE a.visao = ANY ($4) AND ${seen('visita')} AND ${seen('vinculo')}
      ORDER BY (a.visao = 'visita'), a.fonte, a.visao, a.id, a.regra, a.item LIMIT ${mostRows + 1}`,
    [registers.map(({ source }) => source), registers.map(({ key }) => key), role, views],
  );
}

/** What a rule finds of the registers that are seen, by row and item. */
async function foundAnew(
  questions: Questions,
  sight: Sight,
  person: SeenPerson,
  rule: PersonRule | SharedRule,
): Promise<ReadonlySet<string>> {
  const groups =
    rule.scope === 'person'
      ? [await registersBy(questions, sight, 'r.pessoa_id', 'uuid', [person.id])]
      : await sharing(questions, sight, person.registers, rule.by);
  const hits = groups.filter((group) => group.length > 1).flatMap((group) => rule.find(group));
  return new Set(hits.map(({ id, view, item = '', source = '' }) => keyOf({ source, view, id, item })));
}

/** Registers that have the same number as one of the person's, by number. */
async function sharing(
  questions: Questions,
  sight: Sight,
  registers: readonly SeenRegister[],
  by: SharedRule['by'],
): Promise<readonly (readonly Register[])[]> {
  if (by === 'identity') return [];
  const numbers = registers.map(({ values }) =>
    by === 'oab' ? oabOf(values['oab_uf'], values['oab_numero']) : values[by],
  );
  const known = [...new Set(numbers.filter((number) => typeof number === 'string'))];
  const column = by === 'oab' ? `(r.oab_uf || ' ' || r.oab_numero)` : `r.${by}`;
  return Promise.all(known.map((number) => registersBy(questions, sight, column, 'text', [number])));
}

function oabOf(uf: unknown, number: unknown): string | null {
  return typeof uf === 'string' && typeof number === 'string' ? `${uf} ${number}` : null;
}

/** As the rules take them. */
async function registersBy(
  questions: Questions,
  sight: Sight,
  column: string,
  type: 'uuid' | 'text',
  values: readonly string[],
): Promise<readonly Register[]> {
  const openIn = sight.sees('custodia', 'saida') ? await sourcesTellingOpen(questions) : [];
  return questions.query<Register>(
    `SELECT r.fonte AS source, r.papel AS role, r.id, r.pessoa_id::text AS person, NULL::text AS identidade, r.nome,
            r.nome_mae, r.data_nascimento::text, r.cpf, r.rji, coalesce(r.notas, '{}') AS notes,
            CASE WHEN r.papel = 'custodiado' AND r.fonte = ANY ($1) THEN ARRAY(
              SELECT coalesce(c.regime, '') FROM ${sight.view('custodia')} AS c
               WHERE c.fonte = r.fonte AND c.custodiado_id = r.id AND ${surelyOpen}
                 AND c.regime IS DISTINCT FROM 'domiciliar' ORDER BY c.id) ELSE '{}' END AS "openRegimes"
       FROM ${sight.registers()} AS r WHERE r.removido IS NULL AND ${column} = ANY ($2::${type}[])
      ORDER BY 1, 2, 3 LIMIT 500`,
    [openIn, values],
  );
}

const keyOf = ({
  source,
  view,
  id,
  item,
}: Pick<Found, 'source' | 'id' | 'item'> & { readonly view: string }) =>
  JSON.stringify([source, view, id, item]);
