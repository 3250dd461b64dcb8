import type { HeldData } from '../base/access-layer/account-data.ts';
import type { Questions } from '../base/base.ts';
import { decisionHistory } from '../base/decided-layer/decision-history.ts';
import { quoteName } from '../base/names.ts';
import type { KnownRegister } from '../base/national-layer/known-registers.ts';
import { typedViews } from '../base/national-layer/typed-views.ts';
import { namingOf } from '../base/source-layer/naming.ts';
import { findRow, rowStates, storedViews } from '../base/source-layer/row-history.ts';

/** Decisions about one register that are told. */
const most = 10_000;

/** What is held under one register: what its state says of it, what treatment made of all that names it, what people decided. */
export async function* registerData(
  questions: Questions,
  register: KnownRegister,
): AsyncGenerator<HeldData, void> {
  const { id, source, role, key, removed } = register;
  yield { part: 'register', values: { id, source, view: role, key, removed } };
  yield* asTheStateSays(questions, register);
  yield* asItWasTreated(questions, register);
  const findings = questions.rows<{ values: object }>(
    `SELECT jsonb_build_object('rule', regra, 'source', fonte, 'view', visao, 'since', desde, 'resolved', resolvido) AS values
       FROM nacional.achado WHERE assunto = $1 AND fonte_assunto = $2 AND chave = $3 ORDER BY desde, regra`,
    [role, source, key],
    { atOnce: 100 },
  );
  for await (const some of findings) for (const { values } of some) yield { part: 'finding', values };
  const decisions = await decisionHistory(questions, [id], most + 1);
  if (decisions.length > most) yield cutAt('decision', most, id);
  for (const { a, b, says, reason, at, undoneBy } of decisions.slice(0, most)) {
    yield { part: 'decision', values: { a, b, says, reason, at, undone: undoneBy !== null } };
  }
}

/** That there is more than is told. @param of the part of which there is @param register of which one; null: of all */
export function cutAt(of: string, told: number, register: string | null = null): HeldData {
  return { part: 'cut', values: { of, told, register } };
}

/** Its own row in each state that is kept of it, as texts. */
async function* asTheStateSays(
  questions: Questions,
  { source, role, key }: KnownRegister,
): AsyncGenerator<HeldData, void> {
  const view = (await storedViews(questions, source)).find((one) => one.view === role);
  const row = view === undefined ? null : await findRow(questions, view, [key]);
  if (view === undefined || row === null) return;
  for await (const { since, removed, values } of rowStates(questions, view, [key], {
    first: 1,
    last: row.states,
  })) {
    yield { part: 'source', values: { source, view: role, since, removed, values } };
  }
}

/** All rows that name it, as treatment has them now and had them before. */
async function* asItWasTreated(
  questions: Questions,
  { source, role, key }: KnownRegister,
): AsyncGenerator<HeldData, void> {
  for (const { view, role: kind, table, history } of typedViews) {
    const columns = view.columns.map(({ name }) => name);
    const of = kind === null ? '' : ` AND t.papel = '${kind}'`;
    for (const [column = ''] of namingOf(view.name, view.key, columns).of(role)) {
      for (const [part, from] of [
        ['treated', table],
        ['treated-before', history],
      ] as const) {
        const rows = questions.rows<{ values: object }>(
          `SELECT jsonb_build_object('view', $3::text, 'values', jsonb_strip_nulls(to_jsonb(t))) AS values FROM ${from} t
            WHERE t.fonte = $1${of} AND t.${quoteName(column)} = $2`,
          [source, key, view.name],
          { atOnce: 100 },
        );
        for await (const some of rows) for (const { values } of some) yield { part, values };
      }
    }
  }
}
