import Type, { type Static, type TSchema } from 'typebox';
import Value from 'typebox/value';
import { GuaritaError } from '../../shared/errors.ts';
import type { SourceProgress, SourceResult } from '../collect/collect-source.ts';
import { type ToldError, tell, told } from './control/messages.ts';
import type { Central } from './open-central.ts';
import type { Ticket } from './waiters.ts';

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

const cancelSchema = Type.Object({ job: Type.Integer() });

/** A result as it travels: its error without what lies beneath it. */
export interface ToldResult extends Omit<SourceResult, 'error'> {
  readonly error: ToldError | null;
}

/** By name: what it takes, and what it comes to. Both are JSON. */
export interface Operations {
  readonly run: { readonly input: RunJobs; readonly output: readonly ToldResult[] };
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
  async run(central, { sources, kind, view }, { stop, onProgress }) {
    const { runner, clock } = central;
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
      return await Promise.all(tickets.map((ticket, index) => resultOf(ticket, sources[index] ?? '')));
    } finally {
      stop.removeEventListener('abort', cancel);
    }
  },

  async cancel({ runner }, { job: id }) {
    if (!runner.cancel(id)) throw new GuaritaError('job-unknown', `${id}.`);
    return null;
  },
};

async function resultOf({ ended }: Ticket, source: string): Promise<ToldResult> {
  const result = (await ended) ?? { source, outcome: 'stopped', error: null, views: [] };
  return { ...result, error: result.error === null ? null : tell(result.error) };
}

export function resultTold({ error, ...result }: ToldResult): SourceResult {
  return { ...result, error: error === null ? null : told(error) };
}

const schemas: { readonly [N in keyof Operations]: TSchema } = { run: runSchema, cancel: cancelSchema };

/** The same for what a command of another process asks for. Throws `request-invalid` for what is no operation. */
export function performTold(
  central: Central,
  name: string,
  input: unknown,
  controls: OperationControls,
): Promise<unknown> {
  if (!isOperation(name) || !Value.Check(schemas[name], input)) {
    throw new GuaritaError('request-invalid', `Operation "${name}".`);
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
