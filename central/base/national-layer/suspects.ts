import type { Questions } from '../base.ts';
import { inScope, type Scope } from './queue.ts';

/**
 * A question for the keys of a subject at which a rule may find something, that rule alone being the judge of it: more of
 * them cost time, one of them less hides a finding.
 *
 * @param within a condition on a column of keys, so that no more than what is asked for is read: `$1` is the source
 */
export type Suspects = (within: (column: string) => string) => string;

/**
 * Those of whom a visit was on no day of a custody, or of so many days beside one. Where an end of a custody is not known,
 * or none before this one (`so_atual`), it lies open; whether its dates are to be believed is not asked.
 */
export const visitedOutsideCustody =
  (slackDays: number): Suspects =>
  (within) =>
    `SELECT v.custodiado_id FROM nacional.visita v
     WHERE v.fonte = $1 AND v.removido IS NULL AND v.instante IS NOT NULL AND ${within('v.custodiado_id')}
       AND NOT EXISTS (
         SELECT FROM nacional.custodia c
          WHERE c.fonte = $1 AND c.removido IS NULL AND ${within('c.custodiado_id')}
            AND c.custodiado_id = v.custodiado_id
            AND (c.so_atual OR c.entrada IS NULL OR c.entrada <= v.instante::date + ${slackDays})
            AND (c.saida IS NULL OR c.saida >= v.instante::date - ${slackDays}))`;

/** A rule that is another one than it was, and at which keys it may find something. */
export interface Doubted {
  readonly code: string;
  readonly view: string;
  readonly suspects: Suspects;
}

/** Keys of a scope at which a rule is to be asked again. */
export interface DoubtedKeys {
  /** At which it may find something, or had found something. */
  readonly suspected: readonly string[];
  /** At which any rule failed: it may have been for what there was to look at, so all are to be asked. */
  readonly failed: readonly string[];
}

/** Where a rule is to be asked again in a scope, once it is another one. Each key comes once. */
export async function doubtedKeys(
  questions: Questions,
  scope: Scope,
  { code, view, suspects }: Doubted,
): Promise<DoubtedKeys> {
  const { subject, under } = scope;
  const parameters: unknown[] = [under, subject, code, view];
  const within = (column: string) => inScope(column, scope, parameters);
  const keys = await questions.query<{ key: string; failed: boolean }>(
    `SELECT key, bool_or(failed) AS failed FROM (
       SELECT chave AS key, false AS failed FROM nacional.achado
        WHERE assunto = $2 AND fonte_assunto = $1 AND resolvido IS NULL AND regra = $3 AND visao = $4
          AND ${within('chave')}
       UNION ALL
       SELECT chave, true FROM nacional.falha WHERE assunto = $2 AND fonte = $1 AND ${within('chave')}
       UNION ALL
       SELECT key, false FROM (${suspects(within)}) AS s (key)) d
      GROUP BY key ORDER BY key`,
    parameters,
  );
  const { suspected = [], failed = [] } = Object.groupBy(keys, (each) =>
    each.failed ? 'failed' : 'suspected',
  );
  return { suspected: suspected.map(({ key }) => key), failed: failed.map(({ key }) => key) };
}
