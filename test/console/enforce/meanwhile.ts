import type { Test } from 'tap';
import Type from 'typebox';
import { blockPerson } from '../../../central/base/access-layer/people.ts';
import { endRole, rolesOf } from '../../../central/base/access-layer/roles.ts';
import { endSession } from '../../../central/base/access-layer/sessions.ts';
import type { Base, Transaction } from '../../../central/base/base.ts';
import { type ConsoleRoute, route } from '../../../central/console/route.ts';
import { audited, browserOf, consoleScene, madeBody, madePerson } from '../scene.ts';

type Happening = (tx: Transaction) => Promise<unknown>;

/** What becomes of an act whose person was blocked, or lost what it needs, after it was judged that they may. */
export async function meanwhile(t: Test, base: Base): Promise<void> {
  let happens: { readonly before?: Happening; readonly within?: Happening } = {};
  const acts = (who: 'signed-in' | 'member'): ConsoleRoute =>
    route({
      ...{ method: 'POST', path: `/t/${who}`, who, roles: who === 'member' ? ['revisor'] : [] },
      form: Type.Object({}),
      answer: async () => {
        // Between the headers and the rest of what is sent.
        const { before, within } = happens;
        if (before !== undefined) await base.transaction(before);
        return {
          act: async (tx) => {
            // While it waits for a lock.
            await within?.(tx);
            return { goTo: '/', event: { event: 'form-sent' } };
          },
        };
      },
    });
  const scene = await consoleScene(t, base, [acts('signed-in'), acts('member')]);
  const body = await madeBody(scene);
  const at = async (path: string, what: (made: { id: string; session: string }) => typeof happens) => {
    const { id } = await madePerson(scene, body.id, ['revisor']);
    const browser = await browserOf(scene, id);
    happens = what({ id, session: browser.session });
    const answer = await browser.post(path, {});
    const [last] = await audited(scene, 1);
    return { status: answer.status, event: last?.['event'], problem: last?.['problem'] };
  };
  const blocked = (id: string) => (tx: Transaction) => blockPerson(tx, id, 'sob apuração', scene.now());
  const lost = (id: string) => async (tx: Transaction) => {
    for (const role of await rolesOf(tx, id)) await endRole(tx, role.id, null, scene.now());
  };
  const left = (id: string, session: string) => (tx: Transaction) =>
    endSession(tx, { id: session, person: id, why: 'ended-by-operator' }, scene.now());
  const done = { status: 303, event: 'form-sent', problem: null };
  t.match(await at('/t/member', () => ({})), done);
  t.match(await at('/t/signed-in', () => ({})), done);
  const refused = { status: 403, event: undefined, problem: 'account-blocked' };
  t.match(await at('/t/member', ({ id }) => ({ before: blocked(id) })), refused);
  t.match(await at('/t/signed-in', ({ id }) => ({ before: blocked(id) })), refused);
  t.match(await at('/t/member', ({ id }) => ({ within: blocked(id) })), refused);
  const roleless = { status: 403, event: undefined, problem: 'body-needed' };
  t.match(await at('/t/member', ({ id }) => ({ before: lost(id) })), roleless);
  t.match(await at('/t/member', ({ id }) => ({ within: lost(id) })), roleless);
  t.match(await at('/t/signed-in', ({ id }) => ({ before: lost(id) })), done, 'which needs none');
  const over = { event: undefined, problem: 'session-over' };
  t.match(await at('/t/signed-in', ({ id, session }) => ({ before: left(id, session) })), over);
  const elsewhere = await madeBody(scene);
  const { id } = await madePerson(scene, body.id, ['revisor']);
  const other = await browserOf(scene, id, { body: body.id });
  happens = {
    before: async (tx) => {
      await tx.query(
        `INSERT INTO acesso.papel (id, pessoa, orgao, papel, desde, ate)
         SELECT gen_random_uuid(), pessoa, $2, papel, desde, ate FROM acesso.papel WHERE pessoa = $1`,
        [id, elsewhere.id],
      );
      await tx.query('UPDATE acesso.sessao SET orgao = $2 WHERE pessoa = $1', [id, elsewhere.id]);
    },
  };
  await other.post('/t/member', {});
  t.match((await audited(scene, 1))[0], { problem: 'form-stale' }, 'not in the name of another body');
}
