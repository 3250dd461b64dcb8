import { healthExitCodes, worst } from '../../shared/doctor/health.ts';
import { ExitCode, type ProgramContext } from '../../shared/program.ts';
import { examine } from '../doctor/examine.ts';
import { type DoctorReport, reportText } from '../doctor/report.ts';
import { createDoctorProgress } from './doctor-progress.ts';

export interface DoctorOptions {
  readonly config: string;
  readonly json?: boolean;
}

/**
 * Checks all that the agent needs, from the way to the database to its own port, and says what to do about what is not
 * well. Ends with the exit code of the worst that it found.
 */
export async function doctor(
  options: DoctorOptions,
  context: ProgramContext,
  clock: () => number = Date.now,
): Promise<void> {
  const progress = createDoctorProgress();
  const { checks } = await examine({ configFile: options.config, context, clock, onStep: progress.update });
  progress.stop();
  const at = new Date(clock()).toISOString();
  const report: DoctorReport = { at, health: worst(checks.map(({ health }) => health)), checks };
  context.print(options.json === true ? JSON.stringify(report) : reportText(report));
  const code = healthExitCodes[report.health];
  if (code !== 0) throw new ExitCode(code);
}
