import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { daysAgo } from '../../../shared/day.ts';
import { testFolder } from '../../support/bases.ts';
import type { CommandBase, MakeCommandBase } from '../../support/command-bases.ts';
import { type CommandResult, runCommand } from '../../support/commands.ts';
import type { DirectState, MakeState } from './states.ts';

export interface DirectScene {
  readonly folder: string;
  /** Central's own folder. */
  readonly state: string;
  readonly base: CommandBase;
  readonly database: DirectState;
  readonly central: (...args: readonly string[]) => Promise<CommandResult>;
  /** `source add AL --rule 1` of the view of lawyers, with what else is said. */
  readonly add: (...more: readonly string[]) => Promise<CommandResult>;
}

/** A central, and a state that it may read itself. @param name of both databases */
export async function directScene(
  t: Test,
  makeBase: MakeCommandBase,
  makeState: MakeState,
  name: string,
): Promise<DirectScene> {
  const folder = testFolder(t);
  const state = join(folder, 'central');
  mkdirSync(state);
  const base = await makeBase({ state, name: `base_${name}` });
  const config = join(folder, 'central.yaml');
  writeFileSync(config, JSON.stringify({ state, ...base.config, log: { level: 'silent' } }));
  const database = await makeState(name);
  const environment = { ...base.environment, ...database.environment };
  const central: DirectScene['central'] = (...args) =>
    runCommand('central', ['-c', config, ...args], { environment });
  const add: DirectScene['add'] = (...more) =>
    central(
      ...['source', 'add', 'AL', '--rule', '1', '--act', '23701421', '--begin', daysAgo(2)],
      ...['--views', 'advogado', ...database.options, ...more],
    );
  return { folder, state, base, database, central, add };
}
