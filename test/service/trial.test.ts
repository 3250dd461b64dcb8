// Tier: quick. Every outcome of a trial, each cut short in every place of its shortest moment.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { temporaryFolder } from '../support/sqlite-views.ts';
import { eachCut, migrate, moment, onTrial, requireTidy, sound, stateOf, writeDown } from './trial/scene.ts';

// The trial of a new version, each moment of it killed before each of its changes of files, and taken up again.

await t.test('what was served under the new version stays when it left the state as it was', (t) => {
  const folder = onTrial(t);
  t.ok(moment('before-start', folder));
  writeDown(join(folder, 'state'));
  t.ok(moment('ended', folder));
  t.strictSame(stateOf(folder), { ...sound, entries: 3 });
  t.equal(readFileSync(join(folder, 'program'), 'utf8'), 'old');
  requireTidy(t, folder);
  t.end();
});

await t.test('a new version that gets ready stays, however often that is cut short', (t) => {
  const folder = onTrial(t);
  t.ok(moment('before-start', folder));
  migrate(folder);
  eachCut(t, folder, 'ready', (copy) => {
    t.ok(moment('ready', copy));
    // Later ends are no more of a trial.
    t.ok(moment('ended', copy));
    t.equal(readFileSync(join(copy, 'program'), 'utf8'), 'new');
    t.equal(stateOf(copy).version, 99);
    t.notOk(existsSync(join(copy, 'trial.json')));
  });
  t.end();
});

await t.test('one that is told to stop before it is ready is still on trial', (t) => {
  const folder = onTrial(t);
  t.ok(moment('before-start', folder));
  t.ok(moment('ended', folder, Infinity, 'success'));
  t.equal(readFileSync(join(folder, 'program'), 'utf8'), 'new');
  t.ok(existsSync(join(folder, 'trial.json')));
  t.end();
});

await t.test('without a trial, nothing happens', (t) => {
  const folder = temporaryFolder(t);
  for (const name of ['before-start', 'ready', 'ended'] as const) t.ok(moment(name, folder));
  t.strictSame(readdirSync(folder), []);
  t.end();
});
