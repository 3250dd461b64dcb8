import type { Questions } from '../../base/base.ts';
import type { Scope } from '../../base/national-layer/queue.ts';
import { eachInScope, rowsInScope, type TreatedRow } from '../../base/national-layer/read-rows.ts';
import type { Unidade } from '../rules/rows.ts';
import type { Dossier, DossierView } from '../rules/rule.ts';

/** By what the rows of each view are in order within a dossier, those without it first. */
const parts = {
  outro_nome: 'id',
  custodia: 'entrada NULLS FIRST, t.id',
  movimentacao: 'instante NULLS FIRST, t.id',
  processo: 'data_fato NULLS FIRST, t.id',
  pena: 'inicio NULLS FIRST, t.id',
  remicao: 'inicio NULLS FIRST, t.id',
  trabalho_estudo: 'inicio NULLS FIRST, t.id',
  falta_disciplinar: 'inicio NULLS FIRST, t.id',
  saude: 'inicio NULLS FIRST, t.id',
  vinculo: 'inicio NULLS FIRST, t.id',
  foto: 'data NULLS FIRST, t.id',
} as const satisfies Record<DossierView, string>;

/** The views of which a dossier has rows beside the person's own, but for visits. */
export const dossierViews = Object.keys(parts) as DossierView[];

/**
 * The CPF of the visitor or lawyer that a link leads to, empty where they have none; null where they are not there. One
 * look for each row: of a question whether they exist a planner makes one pass over all registers, in every step.
 */
const reachedCpf = `, (SELECT coalesce(p.cpf, '') FROM nacional.registro p
   WHERE p.fonte = t.fonte AND p.papel = t.pessoa_tipo AND p.id = t.pessoa_id AND p.removido IS NULL) AS "reachedCpf"`;

/**
 * A link, with whether whom it leads to is there, and is the person in custody itself. Of a role whose view the source
 * does not show nobody knows.
 */
function linkOf({ reachedCpf: cpf, ...row }: TreatedRow, { custodiado }: Dossier, roles: readonly string[]) {
  const known = roles.includes(row['pessoa_tipo'] as string);
  return {
    ...row,
    pessoaExiste: !known || cpf !== null,
    pessoaPropria: cpf !== null && cpf !== '' && cpf === custodiado?.cpf,
  };
}

/** Rows of one view that one person may have. More of them are not of a person, and would not fit into memory. */
export const mostRowsOfView = 20_000;
/** Rows in memory beside the dossiers. */
const rowsAtOnce = 5000;

interface Dossiers {
  readonly dossiers: ReadonlyMap<string, Dossier>;
  /** Keys that have more rows of a view than a person has. */
  readonly tooMany: ReadonlySet<string>;
}

interface DossiersOf {
  readonly source: string;
  readonly unidade: (id: string | null) => Unidade | undefined;
  /** Of visitors and lawyers, those that the source shows. */
  readonly roles: readonly string[];
  /** The views that are looked at. */
  readonly looked: ReadonlySet<string>;
}

/** The dossiers of a scope, without their visits, by key; also of those of whom there is no more than what names them. */
export async function loadDossiers(
  questions: Questions,
  scope: Scope,
  { source, unidade, roles, looked }: DossiersOf,
): Promise<Dossiers> {
  const dossiers = new Map<string, Dossier>();
  const tooMany = new Set<string>();
  const of = (key: string) => {
    let dossier = dossiers.get(key);
    if (dossier === undefined) dossiers.set(key, (dossier = emptyDossier(source, key, unidade)));
    return dossier as { -readonly [name in keyof Dossier]: Dossier[name] };
  };
  // Whom links lead to is asked of the person, too.
  const asked = looked.has('custodiado') || looked.has('vinculo');
  const people = asked
    ? await rowsInScope(questions, 'custodiado', 'id', scope, { source, order: 't.id' })
    : [];
  for (const row of people) {
    of(row.id).custodiado = row as unknown as Dossier['custodiado'];
  }
  for (const view of dossierViews.filter((each) => looked.has(each))) {
    const more = view === 'vinculo' ? { more: reachedCpf } : {};
    const options = { source, order: `t.${parts[view]}`, atOnce: rowsAtOnce, ...more };
    for await (const rows of eachInScope(questions, view, 'custodiado_id', scope, options)) {
      for (const row of rows) {
        const key = row.custodiado_id as string;
        if (tooMany.has(key)) continue;
        const dossier = of(key);
        const own = dossier[view] as unknown as TreatedRow[];
        if (own.push(view === 'vinculo' ? linkOf(row, dossier, roles) : row) <= mostRowsOfView) continue;
        tooMany.add(key);
        dossiers.delete(key);
      }
    }
  }
  return { dossiers, tooMany };
}

/**
 * A dossier of somebody of whom nothing is there yet.
 * @param key the id of the person in custody
 */
export function emptyDossier(
  source: string,
  key: string,
  unidade: (id: string | null) => Unidade | undefined,
): Dossier {
  return {
    ...{ source, key, custodiado: null, unidade },
    ...{ outro_nome: [], custodia: [], movimentacao: [], processo: [], pena: [], remicao: [] },
    ...{ trabalho_estudo: [], falta_disciplinar: [], saude: [], vinculo: [], foto: [] },
  };
}
