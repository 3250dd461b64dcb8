// Tier: quick. A base and no network; a few random lives of two bodies, of which the long tier has many.

import * as fc from 'fast-check';
import t from 'tap';
import { postgresBases } from '../support/bases.ts';
import { cheapPasswords } from '../support/cheap-passwords.ts';
import { testPostgres } from '../support/postgres.ts';
import { runs } from '../support/runs.ts';
import { consoleScene } from './scene.ts';
import { actions } from './separation/actions.ts';
import { peopleCount } from './separation/any.ts';
import { holdsAlways } from './separation/invariants.ts';
import { World } from './separation/world.ts';

const seed = process.env['GUARITA_SEED'];
const path = process.env['GUARITA_PATH'];

/** As most bodies begin: people who let others in, and one who looks. */
async function begin(world: World): Promise<void> {
  for (let person = 0; person < peopleCount; person++) {
    const role = person === 0 ? 'agente' : 'cadastrador-autorizador';
    const input = { cpf: world.cpf(person), name: null, email: null, body: world.short(0), role } as const;
    const [from, until] = [world.now, world.far];
    await world.perform('roleGive', { ...input, until: new Date(until).toISOString() });
    world.model.roles.push({
      person,
      body: 0,
      role,
      from,
      until,
      recertified: from,
      ended: false,
      words: [],
    });
  }
}

void t.test('whatever is done, in whichever order', async (t) => {
  cheapPasswords(t);
  const { shared } = await postgresBases(t, await testPostgres(t));
  const scene = await consoleScene(t, shared);
  const step = fc.oneof(...actions);
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 8, maxLength: runs(15, 40), size: 'max' }),
      async (steps) => {
        const world = await World.make(scene);
        await begin(world);
        await holdsAlways(world);
        for (const step of steps) {
          await step.run(world);
          await holdsAlways(world);
        }
      },
    ),
    {
      numRuns: runs(4, 150),
      ...(seed !== undefined && { seed: Number(seed) }),
      ...(path !== undefined && { path }),
    },
  );
});
