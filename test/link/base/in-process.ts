import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { PGliteBase } from '../../../central/base/pglite.ts';
import { pgliteTemplate } from '../../support/bases.ts';
import { centralFolder } from '../../support/central-folder.ts';
import { runCommand } from '../../support/commands.ts';
import { addRegisters } from '../deciding/registers.ts';
import { few } from './few.ts';
import { linkAll } from './scene.ts';

/** The same commands on a base in process, which has one connection: what asks while it reads by cursor goes on. */
export async function inProcess(t: Test): Promise<void> {
  const { folder, configure } = centralFolder(t);
  const file = await configure({});
  cpSync(await pgliteTemplate(), join(folder, 'base'), { recursive: true });
  const base = await PGliteBase.open(join(folder, 'base'));
  await addRegisters(base, Object.values(few));
  await linkAll(base);
  await base.close();
  const link = (...args: string[]) => runCommand('central', ['-c', file, 'link', ...args]);
  t.match(await link('review', '--csv', join(folder, 'pairs.csv')), { code: 0, output: /✓/ });
  t.match(await link('compare', 'inicial'), { code: 0, output: /juntam-se: 0/ });
  const both = ['AL', 'custodiado', '1', 'MS', 'custodiado', '900'];
  t.match(await link('merge', ...both, '--reason', 'x'), { code: 0, output: /^✓ Decisão 1/ });
  t.match(await link('explain', ...both), {
    code: 0,
    output: /Duas pessoas: decidido que são uma \(decisão 1\)[^]*1: \w e \w são a mesma pessoa/,
  });
}
