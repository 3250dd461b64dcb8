import type { Transaction } from '../base.ts';
import { inScope, type Scope, setDownKeys } from './queue.ts';

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

/**
 * Has keys of a scope looked at again by which a rule is doubted: at which it may find something, has found something, or
 * at which any rule failed, which may have been for what there was to look at.
 */
export async function setDownDoubted(
  tx: Transaction,
  scope: Scope,
  { code, view, suspects }: Doubted,
): Promise<void> {
  const { subject, under } = scope;
  const parameters: unknown[] = [under, subject, code, view];
  const within = (column: string) => inScope(column, scope, parameters);
  const keys = await tx.query<{ key: string }>(
    `SELECT chave AS key FROM nacional.achado
      WHERE assunto = $2 AND fonte_assunto = $1 AND resolvido IS NULL AND regra = $3 AND visao = $4 AND ${within('chave')}
     UNION
     SELECT chave FROM nacional.falha WHERE assunto = $2 AND fonte = $1 AND ${within('chave')}
     UNION
     ${suspects(within)}`,
    parameters,
  );
  await setDownKeys(
    tx,
    subject,
    under,
    keys.map(({ key }) => key),
  );
}
