import type { Role } from '../../../shared/dictionary/roles.ts';
import type { Questions } from '../base.ts';
import { sharedBy } from './next-key.ts';
import { surelyOpen } from './open-custody.ts';
import { inScope, type Scope } from './queue.ts';

/** A register of several that have the same document, or the same name, mother and birth, or are of one person. */
export interface SharedRegister {
  readonly key: string;
  /** How many share it; of more than `mostSharing` one is given, for all of them. */
  readonly sharing: number;
  readonly source: string;
  readonly role: Role;
  readonly id: string;
  /** The national person that it belongs to. */
  readonly person: string;
  /** What it shares with registers of the same name, mother and birth; null where one of these is missing or in doubt. */
  readonly identidade: string | null;
  readonly nome: string | null;
  readonly nome_mae: string | null;
  readonly data_nascimento: string | null;
  readonly cpf: string | null;
  readonly rji: string | null;
  /** What cleaning had to say, as `column:note`. */
  readonly notes: readonly string[];
  /** Regimes of its custodies that are surely open, home custody left out; empty where none is told. */
  readonly openRegimes: readonly string[];
}

/** So many people do not share a document: it is not one, and to compare all of them would be for nothing. */
export const mostSharing = 10_000;

/** What is read of a register `r`; the sources of whose custodies it is known whether they are open are `$1`. */
const columns = `fonte AS source, papel AS role, id, pessoa_id::text AS person, identidade, nome, nome_mae,
  data_nascimento::text, cpf, rji, coalesce(notas, '{}') AS notes,
  CASE WHEN papel = 'custodiado' AND fonte = ANY ($1) THEN ARRAY(
    SELECT coalesce(c.regime, '') FROM nacional.custodia c
     WHERE c.fonte = r.fonte AND c.custodiado_id = r.id AND ${surelyOpen}
       AND c.regime IS DISTINCT FROM 'domiciliar' ORDER BY c.id) ELSE '{}' END AS "openRegimes"`;

/**
 * Registers in a scope that share their key with another one, in its order; each is one that the source still has.
 * @param openIn the sources of whose custodies it is known whether they are open
 */
export function sharedRegisters(
  questions: Questions,
  scope: Scope & { readonly subject: keyof typeof sharedBy | 'pessoas' },
  openIn: readonly string[],
): Promise<SharedRegister[]> {
  const [key, type] =
    scope.subject === 'pessoas'
      ? (['pessoa_id', 'uuid'] as const)
      : ([sharedBy[scope.subject], 'text'] as const);
  const parameters: unknown[] = [openIn];
  const condition = `removido IS NULL AND ${key} IS NOT NULL AND ${inScope(key, scope, parameters, type)}`;
  // Counted in the one pass that reads them: a planner that knows nothing of the table yet would look them up one by one.
  return questions.query(
    `SELECT key::text, sharing, ${columns}
       FROM (SELECT ${key} AS key, count(*) OVER (PARTITION BY ${key})::int AS sharing,
                     row_number() OVER (PARTITION BY ${key}) AS place, t.*
               FROM nacional.registro t WHERE ${condition}) r
      WHERE sharing > 1 AND (sharing <= ${mostSharing} OR place = 1) ORDER BY 1, 2, 3, 4, 5`,
    parameters,
  );
}

/** All registers of these persons that their sources have, by person. */
export async function registersOfPersons(
  questions: Questions,
  persons: readonly string[],
  openIn: readonly string[],
): Promise<ReadonlyMap<string, Omit<SharedRegister, 'key' | 'sharing'>[]>> {
  const registers = await questions.query<Omit<SharedRegister, 'key' | 'sharing'>>(
    `SELECT ${columns} FROM nacional.registro r
      WHERE pessoa_id = ANY ($2::uuid[]) AND removido IS NULL ORDER BY pessoa_id, fonte, papel, id`,
    [openIn, persons],
  );
  return Map.groupBy(registers, ({ person }) => person);
}
