// Tier: long. The longer moments of a trial, a process for every place to cut them short.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { eachCut, migrate, moment, onTrial, requireTakenBack, sound, stateOf } from './trial/scene.ts';

// The trial of a new version, each moment of it killed before each of its changes of files, and taken up again.

await t.test('the state is saved before the new version starts, however often that is cut short', (t) => {
  const folder = onTrial(t);
  eachCut(t, folder, 'before-start', (copy, at) => {
    t.ok(moment('before-start', copy));
    t.ok(moment('before-start', copy), 'a second start, of what may have changed the state');
    migrate(copy);
    t.not(stateOf(copy).version, sound.version);
    t.ok(moment('before-start', copy), 'and a third');
    t.ok(moment('ended', copy));
    requireTakenBack(t, copy, `cut at ${at}`);
  });
  t.end();
});

await t.test('a new version that fails is taken back, however often that is cut short', (t) => {
  const folder = onTrial(t);
  t.ok(moment('before-start', folder));
  migrate(folder);
  eachCut(t, folder, 'ended', (copy, at) => {
    t.ok(moment('ended', copy));
    requireTakenBack(t, copy, `cut at ${at}`);
  });
  eachCut(t, folder, 'ended', (copy, at) => {
    // The power was cut: the machine starts, and what starts is the old version or still the new one.
    t.ok(moment('before-start', copy));
    const isOld = readFileSync(join(copy, 'program'), 'utf8') === 'old';
    if (isOld) t.strictSame(stateOf(copy), sound, 'the old version finds the state that it knows');
    t.ok(moment(isOld ? 'ready' : 'ended', copy));
    requireTakenBack(t, copy, `cut at ${at}, then a start`);
  });
  t.end();
});
