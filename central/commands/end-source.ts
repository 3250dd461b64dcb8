import { existsSync, rmSync } from 'node:fs';
import { writtenMoment } from '../../shared/day.ts';
import { keptPasswordFile } from '../../shared/enrolment/database/ask-source.ts';
import { GuaritaError } from '../../shared/errors.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { type CentralOptions, readCentralConfig, sourceNamed } from '../central.ts';
import { type CentralConfig, isDirectEntry, recordOf, type SourceEntry } from '../config.ts';
import { adoptWhenKnown } from '../enrolment/adopt.ts';
import { type Departure, takeOff } from '../enrolment/end.ts';
import { sourceFolder } from '../enrolment/enrolled-source.ts';
import { withdrawInvitation } from '../enrolment/invite.ts';
import { readOpenJobs } from '../service/read-facts.ts';
import { isTreatKind } from '../state/jobs.ts';
import { cancelAt } from './jobs.ts';
import { whoCommands } from './who-commands.ts';

export interface EndOptions extends CentralOptions {
  readonly reason: string;
}

/** Told by `--help`. */
export const endHelp = `
O estado não é mais coletado nem esperado (troca da chave da central). Nada se apaga: os dados ficam na base; recibos,
chaves e diário, na pasta da central. Um convite ainda sem resposta é retirado.
Se o estado voltar: source invite e source accept, como da primeira vez; a coleta segue de onde parou.`;

/** Takes a state off, enrolled or only invited: its data and proofs stay. Throws `source-unknown`, `option-invalid`. */
export async function endSource(name: string, options: EndOptions, context: ProgramContext): Promise<void> {
  const config = readCentralConfig(options, context);
  const uf = name.toUpperCase();
  const reason = options.reason.trim();
  if (reason === '') throw new GuaritaError('option-invalid', '--reason: diga por que o estado sai.');
  const departure: Departure = { at: new Date().toISOString(), by: whoCommands(context), reason };
  const wasInvited = withdrawInvitation(config.state, uf, departure);
  if (wasInvited) context.print(`✓ Convite de ${uf} retirado: uma resposta a ele não vale mais.`);
  const isEnrolled = config.sources.some((source) => source.uf === uf);
  if (isEnrolled || !wasInvited) await end(config, sourceNamed(config, uf), departure, context);
  await adoptWhenKnown(config);
}

async function end(
  config: CentralConfig,
  source: SourceEntry,
  departure: Departure,
  context: ProgramContext,
): Promise<void> {
  const { uf } = source;
  const record = recordOf(source);
  if (record === null) {
    throw new GuaritaError(
      'option-invalid',
      `${uf} não foi cadastrado por convite: tire-o de "sources", na configuração.`,
    );
  }
  // First, so that nothing begins meanwhile.
  const { at, by, reason } = takeOff(record, departure);
  await cancelCollections(config, source, context);
  if (isDirectEntry(source)) forgetPassword(config, uf, context);
  context.print(
    [
      `✓ ${uf} saiu em ${writtenMoment(at)}, por ${by}: ${reason}`,
      '  Não é mais coletado. Os dados ficam na base; recibos e chaves, nesta pasta.',
      `→ Se voltar: guarita-central source ${isDirectEntry(source) ? 'add' : 'invite'} ${uf} …`,
    ].join('\n'),
  );
}

/** One that was typed for a database that is read no more; where another file or variable has it, it is the operator's. */
function forgetPassword({ state }: CentralConfig, uf: string, { print }: ProgramContext): void {
  const file = keptPasswordFile(sourceFolder(state, uf));
  if (!existsSync(file)) return;
  rmSync(file);
  print(`✓ Senha do banco apagada: ${file}`);
}

/** What waits or is under way of it; a page that is in hand is finished. */
async function cancelCollections(
  config: CentralConfig,
  source: SourceEntry,
  context: ProgramContext,
): Promise<void> {
  const open = readOpenJobs(config.state, [source], new Date()).filter(({ kind }) => !isTreatKind(kind));
  for (const { job } of open) {
    try {
      await cancelAt(config, job, context);
    } catch (error) {
      // It ended by itself, or whoever does it is no service: what begins from now on asks nothing.
      const isOver = error instanceof GuaritaError && ['job-unknown', 'central-running'].includes(error.code);
      if (!isOver) throw error;
    }
  }
}
