import type { Test } from 'tap';
import { routes } from '../../../central/console/routes.ts';
import { audited, type ConsoleScene } from '../scene.ts';
import { changedIn, tablesOf, withoutAudit } from '../untouched.ts';
import { scenarios } from './scenarios.ts';

/** Of each form that there is: what cannot be written down is not done, and is done as soon as it can be. */
export async function wholeActs(t: Test, scene: ConsoleScene): Promise<void> {
  const { base } = scene;
  t.same(
    Object.keys(scenarios).toSorted(),
    routes.flatMap(({ method, path }) => (method === 'POST' ? [path] : [])).toSorted(),
    'each form has a scenario',
  );
  for (const [path, ways] of Object.entries(scenarios)) {
    for (const [event, { prepare, apart = [] }] of Object.entries(ways)) {
      const { sends, status = 303 } = await prepare(scene, t);
      const before = await tablesOf(base);
      const refused = await withoutAudit(base, sends);
      t.equal(refused.status, 503, `${event}: refused`);
      t.match(refused.text, 'Nada foi mostrado nem feito');
      t.same(changedIn(before, await tablesOf(base)), apart, `${event}: nothing is done`);
      const done = await sends();
      t.equal(done.status, status, `${event}: the same is done afterwards`);
      // Behind it there may be an alarm.
      const told = (await audited(scene, 3)).findLast(({ route }) => route === path);
      t.match(told, { event, method: 'POST', problem: null });
      t.not(changedIn(before, await tablesOf(base)).length, 1, `${event}: it does something`);
    }
  }
}
