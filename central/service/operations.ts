import Type, { type Static, type TSchema } from 'typebox';
import Value from 'typebox/value';
import { GuaritaError } from '../../shared/errors.ts';
import type { SourceProgress, SourceResult } from '../collect/collect-source.ts';
import { type JobKind, treatKinds } from '../state/jobs.ts';
import { type AccessInput, accessSchema, performAct } from './access/perform.ts';
import { type ToldError, tell, told } from './control/messages.ts';
import { type ForgetInput, type Forgotten, forgetPerson, forgetSchema } from './forget-person.ts';
import { heldSources } from './held-sources.ts';
import { isTreatResult, type JobResult, type TreatResult } from './job-result.ts';
import type { Central } from './open-central.ts';

/** What an operation is given beside its input. */
export interface OperationControls {
  readonly stop: AbortSignal;
  readonly onProgress: (progress: SourceProgress) => void;
}

/** Sources to collect or reconcile, once. */
const runSchema = Type.Object({
  sources: Type.Array(Type.String()),
  kind: Type.Enum(['collect', 'reconcile']),
  view: Type.Union([Type.String(), Type.Null()]),
});
export type RunJobs = Static<typeof runSchema>;

/** Sources to treat, once; all that the base holds, for none. */
const treatSchema = Type.Object({ sources: Type.Array(Type.String()), kind: Type.Enum([...treatKinds]) });
export type TreatJobs = Static<typeof treatSchema>;

const cancelSchema = Type.Object({ job: Type.Integer() });

/** A result as it travels: its error without what lies beneath it. */
export interface ToldResult extends Omit<SourceResult, 'error'> {
  readonly error: ToldError | null;
}

export interface ToldTreatment extends Omit<TreatResult, 'error'> {
  readonly error: ToldError | null;
}

/** By name: what it takes, and what it comes to. Both are JSON. */
export interface Operations {
  readonly run: { readonly input: RunJobs; readonly output: readonly ToldResult[] };
  readonly treat: { readonly input: TreatJobs; readonly output: readonly ToldTreatment[] };
  readonly forget: { readonly input: ForgetInput; readonly output: Forgotten };
  readonly access: { readonly input: AccessInput; readonly output: object | null };
  readonly cancel: { readonly input: Static<typeof cancelSchema>; readonly output: null };
}

type Perform<N extends keyof Operations> = (
  central: Central,
  input: Operations[N]['input'],
  controls: OperationControls,
) => Promise<Operations[N]['output']>;

/**
 * What a command does at the one process that has the folder: in the command's own process where nobody else is at
 * work, else in the service's (`at-central.ts`).
 */
export const operations: { readonly [N in keyof Operations]: Perform<N> } = {
  async run(central, { sources, kind, view }, controls) {
    const results = await askAll(central, sources, kind, view, controls);
    return results.map((result, index): ToldResult => {
      const source = sources[index] ?? '';
      if (result === null || isTreatResult(result))
        return { source, outcome: 'stopped', error: null, views: [] };
      return { ...result, error: toldError(result) };
    });
  },

  async treat(central, { sources: named, kind }, controls) {
    const sources = await heldSources(central.base, named);
    const results = await askAll(central, sources, kind, null, controls);
    return results.map((result, index): ToldTreatment => {
      const source = sources[index] ?? '';
      if (result === null) return { source, outcome: 'stopped', error: null, treated: null };
      if (isTreatResult(result)) return { ...result, error: toldError(result) };
      return { source, outcome: 'failed', error: toldError(result), treated: null };
    });
  },

  forget: forgetPerson,

  access: ({ base, clock }, input) => performAct(base, input, new Date(clock.now())),

  async cancel({ runner }, { job: id }) {
    if (!runner.cancel(id)) throw new GuaritaError('job-unknown', `${id}.`);
    return null;
  },
};

/** Has a job done for each of these, and waits for all of them; what each came to, null for one that was not done. */
async function askAll(
  { runner, clock }: Central,
  sources: readonly string[],
  kind: JobKind,
  view: string | null,
  { stop, onProgress }: OperationControls,
): Promise<(JobResult | null)[]> {
  const tickets = sources.map((source) =>
    runner.ask({ source, kind, view, reason: 'asked', due: clock.now() }, ({ view, done, total, rows }) =>
      onProgress({ source, view, viewsDone: done, views: total, rows }),
    ),
  );
  const cancel = () => {
    for (const ticket of tickets) ticket.cancel();
  };
  if (stop.aborted) cancel();
  stop.addEventListener('abort', cancel);
  try {
    return await Promise.all(tickets.map(({ ended }) => ended));
  } finally {
    stop.removeEventListener('abort', cancel);
  }
}

function toldError({ error }: JobResult): ToldError | null {
  return error === null ? null : tell(error);
}

export function resultTold<R extends ToldResult | ToldTreatment>({
  error,
  ...result
}: R): Omit<R, 'error'> & { readonly error: GuaritaError | null } {
  return { ...result, error: error === null ? null : told(error) };
}

const schemas: { readonly [N in keyof Operations]: TSchema } = {
  run: runSchema,
  treat: treatSchema,
  forget: forgetSchema,
  access: accessSchema,
  cancel: cancelSchema,
};

/** The same for what a command of another process asks for. Throws `request-invalid` for what is no operation. */
export function performTold(
  central: Central,
  name: string,
  input: unknown,
  controls: OperationControls,
): Promise<unknown> {
  if (!isOperation(name) || !Value.Check(schemas[name], input)) {
    throw new GuaritaError('request-invalid', `Operação "${name}".`);
  }
  const perform = operations[name] as (
    central: Central,
    input: unknown,
    c: OperationControls,
  ) => Promise<unknown>;
  return perform(central, input, controls);
}

function isOperation(name: string): name is keyof Operations {
  return Object.hasOwn(operations, name);
}
