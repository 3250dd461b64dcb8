import type { Questions, Transaction } from '../base.ts';
import { jsonRows } from '../json-rows.ts';
import { sharedBy } from './next-key.ts';
import { enqueueKeys, inScope, type Scope } from './queue.ts';
import { ofRules, type SomeRules } from './some-rules.ts';
import type { Subject } from './subject.ts';
import { sweepAll } from './touched-subjects.ts';

/** A rule that could not look at a key: its findings of that key stay as they were. */
export interface Failure {
  readonly rule: string;
  readonly view: string;
  readonly key: string;
  /** Which form of the rule it was: another one may be able to look. */
  readonly version: string;
  /** What failed in it, without a value of a row; null where there was more than can be looked at. */
  readonly error: object | null;
}

/** What these rules failed at in a scope is no longer so: before it is looked at again. */
export async function clearFailures(
  tx: Transaction,
  scope: Scope,
  which: SomeRules = { allBut: [] },
): Promise<void> {
  const { subject, under } = scope;
  const parameters: unknown[] = [subject, under];
  const conditions = [inScope('l.chave', scope, parameters), ofRules('l', which, parameters)];
  await tx.query(
    `DELETE FROM nacional.falha l WHERE assunto = $1 AND fonte = $2 AND ${conditions.join(' AND ')}`,
    parameters,
  );
}

/** Records failures in a scope; one that is there stays as it is. */
export async function recordFailures(
  tx: Transaction,
  { subject, under }: Pick<Scope, 'subject' | 'under'>,
  failures: readonly Failure[],
): Promise<void> {
  if (failures.length === 0) return;
  await tx.query(
    `INSERT INTO nacional.falha (regra, visao, assunto, fonte, chave, versao, erro)
     SELECT rule, view, $1, $2, key, version, error FROM jsonb_to_recordset($3::jsonb)
         AS f (rule text, view text, key text, version text, error jsonb) ON CONFLICT DO NOTHING`,
    [subject, under, jsonRows(failures)],
  );
}

/** A rule in the form in which it is asked now. */
export interface RuleForm {
  readonly code: string;
  readonly view: string;
  readonly version: string;
}

/** Keys that are set down by themselves; of more, one statement would set down as many as a source has. */
const mostKeys = 2000;

/** Has the keys looked at again at which a rule failed that is another one now, or asked no more; of very many, all. */
export async function enqueueMended(
  tx: Transaction,
  subject: Subject,
  under: string,
  forms: readonly RuleForm[],
): Promise<void> {
  const mended = `FROM nacional.falha WHERE assunto = $1 AND fonte = $2
     AND (regra, visao, versao) NOT IN (SELECT * FROM unnest($3::text[], $4::text[], $5::text[]))`;
  const parameters = [
    ...[subject, under, forms.map(({ code }) => code), forms.map(({ view }) => view)],
    forms.map(({ version }) => version),
  ];
  const [which] = await tx.query<{ keys: string[] }>(
    `SELECT ARRAY(SELECT chave ${mended} LIMIT ${mostKeys + 1}) AS keys`,
    parameters,
  );
  const keys = which?.keys ?? [];
  if (keys.length > mostKeys) return sweepAll(tx, under, [subject]);
  await enqueueKeys(tx, subject, under, keys);
}

/**
 * At how many keys of a source each rule failed, by code and view (`P13 custodiado`). What the nation shares is a key of
 * each source that has it.
 */
export async function failedKeys(questions: Questions, source: string): Promise<ReadonlyMap<string, number>> {
  const has = Object.entries(sharedBy).map(
    ([subject, key]) => `WHEN '${subject}' THEN EXISTS (SELECT FROM nacional.registro r
       WHERE r.fonte = $1 AND r.papel = f.visao AND r.removido IS NULL AND ${key} = f.chave)`,
  );
  // Of one person's registers all are of one kind, whichever view a rule finds.
  has.push(`WHEN 'pessoas' THEN EXISTS (SELECT FROM nacional.registro r
    WHERE r.fonte = $1 AND r.removido IS NULL AND r.pessoa_id = f.chave::uuid)`);
  const rows = await questions.query<{ rule: string; keys: number }>(
    `SELECT regra || ' ' || visao AS rule, count(*)::int AS keys FROM nacional.falha f
      WHERE fonte = $1 OR (fonte = '' AND CASE assunto ${has.join(' ')} END) GROUP BY 1`,
    [source],
  );
  return new Map(rows.map(({ rule, keys }) => [rule, keys]));
}
