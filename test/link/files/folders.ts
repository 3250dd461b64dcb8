import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { madeBy, writeRunFolder } from '../../../central/link-files/run-folder.ts';
import { sceneOf } from './scene.ts';

const summary = JSON.stringify({ madeBy });

export async function folders(t: Test): Promise<void> {
  const { folder, write } = sceneOf(t);
  const into = join(folder, 'novo', 'vinculo');
  const contents = (persons: Iterable<string>) => ({
    persons,
    review: ['r'],
    model: ['m'],
    summary: [summary],
  });
  const beside = () => readdirSync(join(folder, 'novo')).toSorted();

  await t.test('at any moment before its end there is nothing, or what was there', async (t) => {
    const seen: (string | null)[] = [];
    function* watched(text: string) {
      for (const part of text) {
        seen.push(existsSync(into) ? readFileSync(join(into, 'persons.csv'), 'utf8') : null);
        yield part;
      }
    }
    await writeRunFolder(into, contents(watched('abc')));
    t.strictSame(seen.splice(0), [null, null, null]);
    t.equal(readFileSync(join(into, 'persons.csv'), 'utf8'), 'abc');
    await writeRunFolder(into, contents(watched('xyz')));
    t.strictSame(seen, ['abc', 'abc', 'abc']);
    t.equal(readFileSync(join(into, 'persons.csv'), 'utf8'), 'xyz');
    t.strictSame(beside(), ['vinculo']);
  });

  await t.test('what fails in its midst leaves all as it was', async (t) => {
    function* failing() {
      yield 'half';
      throw new Error('cut short');
    }
    await t.rejects(writeRunFolder(into, contents(failing())), { code: 'option-invalid' });
    t.equal(readFileSync(join(into, 'persons.csv'), 'utf8'), 'xyz');
    t.strictSame(beside(), ['vinculo']);
  });

  await t.test('nothing is written over what something else has made', async (t) => {
    const refused = async (place: string) => {
      const before = existsSync(place) ? readdirSync(place) : [];
      await t.rejects(writeRunFolder(place, contents(['new'])), { code: 'option-invalid', detail: /--into/ });
      t.strictSame(readdirSync(place), before);
    };
    write(join('novo', 'vinculo', 'notas.txt'), 'mine');
    await refused(into);
    const alike = join(folder, 'alike');
    mkdirSync(alike);
    for (const name of ['persons.csv', 'review.csv', 'model.json']) write(join('alike', name), '');
    await refused(alike);
    write(join('alike', 'summary.json'), '{}');
    await refused(alike);
    const file = write('file', '');
    await t.rejects(writeRunFolder(file, contents(['new'])), { code: 'option-invalid' });
    if (process.platform !== 'win32') {
      symlinkSync(alike, join(folder, 'link'));
      await refused(join(folder, 'link'));
    }
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    await writeRunFolder(empty, contents(['new']));
    t.equal(readFileSync(join(empty, 'persons.csv'), 'utf8'), 'new');
  });
}
