import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import { migrateBase } from '../../../central/base/migrate.ts';
import { registeredSources } from '../../../central/base/national-layer/link-registers.ts';
import { linking } from '../../../central/base/national-layer/subject.ts';
import { sweepAll } from '../../../central/base/national-layer/touched-subjects.ts';
import { linkBase } from '../../../central/treat/linking/link-base.ts';
import { linkerInForce } from '../../../central/treat/linking/linker.ts';
import { centralDatabase, query } from '../../support/bases.ts';
import { centralFolder } from '../../support/central-folder.ts';
import { runCommand } from '../../support/commands.ts';
import type { TestPostgres } from '../../support/postgres.ts';

/** A base of its own on a server, and the commands of central on it, as ANA gives them. */
export async function linkScene(t: Test, server: TestPostgres, name: string) {
  const central = centralFolder(t);
  const { base, url } = await centralDatabase(t, server, name);
  await migrateBase(base);
  const password = join(central.folder, 'password');
  writeFileSync(password, 'admin', { mode: 0o600 });
  const file = await central.configure({ base: { url, password: { file: password } } });
  const command = (...args: string[]) =>
    runCommand('central', ['-c', file, 'link', ...args], { environment: { SUDO_USER: 'ana' } });
  const json = async (...args: string[]) => {
    const { output, errors } = await command(...args, '--json');
    t.equal(errors, '', args.join(' '));
    return JSON.parse(output) as unknown;
  };
  return { base, folder: central.folder, command, json };
}

/** Links all registers as treatment does, by the model that is in force. */
export async function linkAll(base: Base, full = true): Promise<void> {
  const linker = await base.snapshot((questions) => linkerInForce(questions, 'pt-BR'));
  if (full) {
    await base.transaction(async (tx) => {
      for (const source of await registeredSources(tx)) await sweepAll(tx, source, linking);
    });
  }
  await linkBase(base, linker, { signal: undefined, steps: () => ({ signal: undefined }) });
}

/** By register, whose it is. */
export async function personsNow(base: Base): Promise<ReadonlyMap<string, string>> {
  const rows = await query<{ id: string; person: string }>(
    base,
    'SELECT natal_id::text AS id, pessoa_id::text AS person FROM nacional.registro',
  );
  return new Map(rows.map(({ id, person }) => [id, person]));
}
