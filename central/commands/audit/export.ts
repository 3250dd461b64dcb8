import { boundsOf, readDay } from '../../../shared/day.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import type { ProgramContext } from '../../../shared/program.ts';
import { exportedAudit } from '../../audit/export.ts';
import { appendAudit } from '../../base/access-layer/audit.ts';
import { type CentralOptions, readCentralConfig, withBase } from '../../central.ts';
import { printOrWrite } from '../print-or-write.ts';
import { whoCommands } from '../who-commands.ts';

export interface ExportOptions extends CentralOptions {
  readonly from?: string;
  readonly to?: string;
  readonly reveal?: boolean;
}

/** Writes the audit into a file that only its owner may read; that it was done is in the audit. Throws `option-invalid`. */
export async function exportAudit(
  file: string,
  { from, to, reveal = false, ...options }: ExportOptions,
  context: ProgramContext,
): Promise<void> {
  const config = readCentralConfig(options, context);
  const [first, last] = [dayOption('--from', from), dayOption('--to', to)];
  const now = new Date();
  await withBase(config, context, async (base, baseId) => {
    const who = whoCommands(context);
    const body = {
      event: 'audit-exported',
      who,
      through: 'command',
      from: first,
      to: last,
      revealed: reveal,
    };
    await base.transaction((tx) => appendAudit(tx, { kind: 'event', body, terms: null }, now));
    const lines = exportedAudit({
      ...{ base, baseId, reveal, now },
      from: first === null ? null : boundsOf(first).from,
      until: last === null ? null : boundsOf(last).until,
    });
    await printOrWrite(lines, { arquivo: file }, context);
  });
  context.print(
    reveal
      ? '→ Tem dados pessoais: guarde-o como a própria base.'
      : '→ Sem os termos das consultas; para incluí-los: --reveal.',
  );
  context.print(`→ Para conferir sem a base: guarita-central audit verify --file ${file} --key CHAVE`);
}

/** The day that an option names; null without it. Throws `option-invalid`. */
export function dayOption(option: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  const day = readDay(text);
  if (day === null)
    throw new GuaritaError('option-invalid', `${option}: "${text}" não é um dia (AAAA-MM-DD).`);
  return day;
}
