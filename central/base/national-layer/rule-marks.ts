import type { Questions, Transaction } from '../base.ts';
import type { Subject } from './subject.ts';

/** A rule in the version in which every key of a subject was looked at by it, or waits for that. */
export interface AskedRule {
  readonly code: string;
  readonly view: string;
  readonly version: string;
}

const step = 'regra ';

/** The rules by which every key of a subject was looked at, or waits for it. */
export async function rulesAsked(
  questions: Questions,
  subject: Subject,
  under: string,
): Promise<AskedRule[]> {
  return questions.query(
    `SELECT split_part(passo, ' ', 2) AS code, split_part(passo, ' ', 3) AS view, versao AS version
       FROM nacional.marca WHERE fonte = $1 AND visao = $2 AND passo LIKE '${step}%'`,
    [under, subject],
  );
}

/** Says that they are these, and no others. */
export async function recordAsked(
  tx: Transaction,
  subject: Subject,
  under: string,
  rules: readonly AskedRule[],
): Promise<void> {
  const steps = rules.map(({ code, view }) => `${step}${code} ${view}`);
  await tx.query(
    `DELETE FROM nacional.marca WHERE fonte = $1 AND visao = $2 AND passo LIKE '${step}%' AND NOT passo = ANY ($3)`,
    [under, subject, steps],
  );
  await tx.query(
    `INSERT INTO nacional.marca AS marca (fonte, visao, passo, versao, mudanca, completa)
     SELECT $1, $2, passo, versao, 0, true FROM unnest($3::text[], $4::text[]) AS r (passo, versao)
     ON CONFLICT (fonte, visao, passo) DO UPDATE SET versao = excluded.versao WHERE marca.versao <> excluded.versao`,
    [under, subject, steps, rules.map(({ version }) => version)],
  );
}
