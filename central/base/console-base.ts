import { GuaritaError } from '../../shared/errors.ts';
import { consoleRole, consoleRoleStatements } from './access-layer/console-role.ts';
import { faultsText, type RoleFault, roleFaults, roleProblems } from './access-layer/console-role-faults.ts';
import { asRole } from './as-role.ts';
import type { Base } from './base.ts';
import { quoteName } from './names.ts';
import { requireMigrated } from './require-migrated.ts';

/**
 * The base as the console uses it on a server, once its login was proved. Throws `console-role-changes-audit`,
 * `console-role-too-strong`, `console-role-lacking`, each naming what; `base-older`, `base-newer`.
 */
export async function proveConsoleRole(base: Base): Promise<void> {
  await base.snapshot(requireMigrated);
  refuseFaults(await base.snapshot(roleFaults));
}

/**
 * The base in process, as the console uses it: no login is known there, so each transaction takes on the role, which is
 * made or mended where it is not as it should be. Throws as `proveConsoleRole`.
 */
export async function consoleBaseInProcess(base: Base): Promise<Base> {
  const limited = asRole(base, quoteName(consoleRole));
  const isThere = await base.snapshot((questions) =>
    questions.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [consoleRole]),
  );
  if (isThere.length === 0 || (await limited.snapshot(roleFaults)).length > 0) {
    await base.transaction((tx) => tx.execute(consoleRoleStatements(consoleRole, { logsIn: false })));
    refuseFaults(await limited.snapshot(roleFaults));
  }
  return limited;
}

function refuseFaults(faults: readonly RoleFault[]): void {
  const worst = roleProblems.find((code) => faults.some(({ problem }) => problem === code));
  if (worst === undefined) return;
  throw new GuaritaError(worst, `${faultsText(faults)}.`);
}
