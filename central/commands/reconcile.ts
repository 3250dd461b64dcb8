import type { ProgramContext } from '../../shared/program.ts';
import { type CollectOptions, collect } from './collect.ts';

export interface ReconcileOptions extends CollectOptions {
  readonly view?: string;
}

/** Collects the named sources, or all, and reconciles every view of theirs, or one. */
export function reconcile(
  names: readonly string[],
  options: ReconcileOptions,
  context: ProgramContext,
): Promise<void> {
  return collect(names, options, context, { kind: 'reconcile', view: options.view ?? null });
}
