import type { ProgramContext } from '../../shared/program.ts';

/** What the parts of the bundle are told. */
export interface Place {
  readonly configFile: string;
  readonly context: ProgramContext;
  /** False where it would take too long. */
  readonly doctor: boolean;
  readonly onStep?: (step: string, done: number, total: number) => void;
}
