import { healthExitCodes, worst } from '../../shared/doctor/health.ts';
import { ExitCode, type ProgramContext } from '../../shared/program.ts';
import { type CentralOptions, readCentralConfig, withBase, withFolder, withOpenBase } from '../central.ts';
import type { CentralConfig } from '../config.ts';
import { examine, type UseBase } from '../doctor/examine.ts';
import { repairState } from '../doctor/repair.ts';
import { type DoctorReport, reportText } from '../doctor/report.ts';
import { centralKeyFile } from '../identities.ts';
import { isCentralRunning } from '../service/is-at-work.ts';

export interface DoctorOptions extends CentralOptions {
  readonly json?: boolean;
  readonly repair?: boolean;
}

/** Told by `--help`. */
export const doctorHelp = `
Código de saída: 0 tudo em ordem, 1 atenção, 2 crítico.
Com --repair (pare a central antes): um arquivo de marcas d’água danificado ou perdido é refeito com o que ainda se lê
dele e com as cópias que a base nacional guarda; o danificado fica ao lado, nada é apagado. As visões refeitas são
conferidas por inteiro na próxima coleta. Pode ser repetido sem risco.`;

/**
 * Checks everything that central needs, says what to do about what is not well, and with `repair` mends central's
 * state first. Ends with the exit code of the worst that it found. Throws `central-running` for a repair while
 * another central holds the folder, and the errors of `repairState`.
 */
export async function doctor(options: DoctorOptions, context: ProgramContext): Promise<void> {
  const config = readCentralConfig(options, context);
  const report = await (options.repair === true ? repairing : examining)(config, context);
  context.print(options.json === true ? JSON.stringify(report) : reportText(report));
  const code = healthExitCodes[report.health];
  if (code !== 0) throw new ExitCode(code);
}

async function examining(config: CentralConfig, context: ProgramContext): Promise<DoctorReport> {
  const isRunning = isCentralRunning(config.state);
  return reportOf(config, null, isRunning, (work) => withBase(config, context, work), context);
}

/** The folder is held from the first look to the last, so that no central begins on a state that is being mended. */
function repairing(config: CentralConfig, context: ProgramContext): Promise<DoctorReport> {
  return withFolder(config, () =>
    withOpenBase(config, context, async (base, baseId) => {
      const repair = await repairState(config.state, base, baseId, new Date());
      return reportOf(config, repair, false, (work) => work(base, baseId), context);
    }),
  );
}

async function reportOf(
  config: CentralConfig,
  repair: DoctorReport['repair'],
  isRunning: boolean,
  useBase: UseBase,
  { environment }: ProgramContext,
): Promise<DoctorReport> {
  const now = new Date();
  const checks = await examine({
    config,
    keyFile: centralKeyFile(config),
    useBase,
    isRunning,
    now,
    environment,
  });
  return { at: now.toISOString(), health: worst(checks.map(({ health }) => health)), repair, checks };
}
