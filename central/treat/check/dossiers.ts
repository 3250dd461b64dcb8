import type { Questions } from '../../base/base.ts';
import { quoteText } from '../../base/names.ts';
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
 * Whether the visitor or lawyer that a link leads to is there, and is the person in custody itself. Of a role whose view
 * the source does not show nobody knows.
 */
function leadsTo(roles: readonly string[]): string {
  const reached = (more: string) =>
    `EXISTS (SELECT FROM nacional.registro p ${more}
              WHERE p.fonte = t.fonte AND p.papel = t.pessoa_tipo AND p.id = t.pessoa_id AND p.removido IS NULL)`;
  const same = `JOIN nacional.registro o ON o.fonte = p.fonte AND o.papel = 'custodiado' AND o.id = t.custodiado_id
                 AND o.cpf = p.cpf AND o.removido IS NULL`;
  const known = roles.length === 0 ? 'false' : `t.pessoa_tipo IN (${roles.map(quoteText).join(', ')})`;
  return `, (${known}) IS NOT TRUE OR ${reached('')} AS "pessoaExiste", ${reached(same)} AS "pessoaPropria"`;
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
}

/** The dossiers of a scope, without their visits, by key; also of those of whom there is no more than what names them. */
export async function loadDossiers(
  questions: Questions,
  scope: Scope,
  { source, unidade, roles }: DossiersOf,
): Promise<Dossiers> {
  const dossiers = new Map<string, Dossier>();
  const tooMany = new Set<string>();
  const of = (key: string) => {
    let dossier = dossiers.get(key);
    if (dossier === undefined) dossiers.set(key, (dossier = emptyDossier(source, key, unidade)));
    return dossier as { -readonly [name in keyof Dossier]: Dossier[name] };
  };
  for (const row of await rowsInScope(questions, 'custodiado', 'id', scope, { source, order: 't.id' })) {
    of(row.id).custodiado = row as unknown as Dossier['custodiado'];
  }
  for (const view of dossierViews) {
    const more = view === 'vinculo' ? { more: leadsTo(roles) } : {};
    const options = { source, order: `t.${parts[view]}`, atOnce: rowsAtOnce, ...more };
    for await (const rows of eachInScope(questions, view, 'custodiado_id', scope, options)) {
      for (const row of rows) {
        const key = row.custodiado_id as string;
        if (tooMany.has(key)) continue;
        const own = of(key)[view] as unknown as TreatedRow[];
        if (own.push(row) <= mostRowsOfView) continue;
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
