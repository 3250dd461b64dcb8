import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Test } from 'tap';
import { writeRunFolder } from '../../../central/link-files/run-folder.ts';
import { lockFolder } from '../../../shared/state-file.ts';
import { programEnvironment, spawnProgram } from '../../support/program-process.ts';
import { isLong } from '../../support/runs.ts';
import { sceneOf } from './scene.ts';

/** Where a process that writes kills itself: at the first call of a function of `fs/promises` on such a path. */
const points = {
  'while it writes': { call: 'open', path: 'review.csv' },
  'between taking out what was there and putting in what is new': { call: 'rename', path: 'run' },
} as const;

/** To be imported before the program. */
function killAt({ call, path }: (typeof points)[keyof typeof points]): string {
  const script = `
    import fs from 'node:fs/promises';
    import { syncBuiltinESMExports } from 'node:module';
    const real = fs.${call};
    fs.${call} = (path, ...more) => {
      if (String(path).endsWith('/${path}')) process.kill(process.pid, 'SIGKILL');
      return real(path, ...more);
    };
    syncBuiltinESMExports();`;
  return `data:text/javascript,${encodeURIComponent(script)}`;
}

export async function killedImports(t: Test): Promise<void> {
  const { folder, write, link } = sceneOf(t);
  const into = join(folder, 'vinculo');
  const beside = () => readdirSync(folder).filter((name) => name.startsWith('vinculo'));
  const first = write('first.csv', 'id,name\nA,ANA SOUZA\n');
  const second = write('second.csv', 'id,name\nB,BIA LIMA\n');
  const args = (file: string) => ['import', file, '--into', into, '--columns', 'id=id,name=name'];
  const persons = () => readFileSync(join(into, 'persons.csv'), 'utf8');
  t.match(await link(...args(first)), { code: 0, errors: '' });

  // A process each: the quick tier has the one that leaves nothing where it was.
  for (const [when, point] of Object.entries(points).slice(isLong ? 0 : 1)) {
    await t.test(when, async (t) => {
      const { NODE_OPTIONS = '' } = programEnvironment();
      const environment = { NODE_OPTIONS: `${NODE_OPTIONS} --import=${killAt(point)}` };
      const { child, ended } = spawnProgram(t, 'central', ['link', ...args(second)], environment);
      await ended;
      t.equal(child.signalCode, 'SIGKILL');
      const left = beside().filter((name) => name !== 'vinculo');
      t.equal(left.length, 1);
      t.equal(existsSync(into), point.call === 'open');

      await t.rejects(writeRunFolder(into, failing), { code: 'option-invalid' });
      t.match(persons(), /^A;A\r$/m, 'put back, also by one that comes to nothing');
      t.strictSame(beside(), ['vinculo']);
    });
  }

  await t.test('what is not surely left behind by the dead is left alone', async (t) => {
    const names = ['.new', `.${randomUUID()}.old`, `x.${randomUUID()}.new`, `.${randomUUID()}.new`];
    for (const name of names) mkdirSync(into + name);
    const [other = '', alive = '', dead = ''] = [1, 2, 3].map(() => `${into}.${randomUUID()}.new`);
    mkdirSync(other);
    writeFileSync(join(other, 'notas.txt'), 'mine');
    const lock = lockFolder(alive, 'link');
    lockFolder(dead, 'link')?.release();
    symlinkSync(folder, `${into}.${randomUUID()}.new`);
    const before = beside();
    t.match(await link(...args(second)), { code: 0, errors: '' });
    t.match(persons(), /^B;B\r$/m);
    const gone = [dead, into + (names[3] ?? '')].map((path) => basename(path));
    t.strictSame(
      beside(),
      before.filter((name) => !gone.includes(name)),
    );
    lock?.release();
    t.match(await link(...args(second)), { code: 0, errors: '' });
    t.notOk(existsSync(alive));
  });
}

const failing = {
  persons: {
    *[Symbol.iterator]() {
      yield 'half';
      throw new Error('cut short');
    },
  },
  ...{ review: [''], model: [''], summary: [''] },
};
