// Tier: long. A whole life of real programs of two releases; needs GUARITA_TEST_PREVIOUS.
import t from 'tap';
import { codeIn, must } from '../support/enrolled.ts';
import { collectAll, mixedPair, sameRows } from '../support/mixed-pair.ts';
import { mustHave, previousRelease } from '../support/previous.ts';

// V4: a central of 0.1.0, which speaks version 1 alone, is refused by an agent of this release, with what to do.

t.setTimeout(600_000);
const previous = previousRelease(t);

/** What people see of a refusal of version 1: which side is to be upgraded, and that versions are what it is about. */
const upgradeCentral = /urn:guarita:problem:central-outdated: .*upgrade central\./;

if (previous !== null) {
  await t.test('central of 0.1.0, an agent of this release', async (t) => {
    const pair = await mixedPair(t, previous);
    mustHave(await pair.before.invite());
    const code = codeIn(must(await pair.init()));
    await pair.serve();
    const refused = await pair.before.accept(code);
    t.equal(refused.code, 1);
    t.match(refused.stderr, upgradeCentral, 'what to do');
    t.match(refused.stderr, 'Confira se a versão do agente é conhecida desta central');
    await t.test('after the upgrade of central the same reply is accepted', async (t) => {
      must(await pair.accept('--code', code));
      await collectAll(t, pair);
      await sameRows(t, pair, 'unidade', 'advogado');
    });
  });

  await t.test('a pair of 0.1.0 whose agent is upgraded before central', async (t) => {
    const pair = await mixedPair(t, previous);
    mustHave(await pair.before.invite());
    const code = codeIn({ code: 0, output: mustHave(await pair.before.init()), errors: '' });
    const serving = await pair.before.serve();
    mustHave(await pair.before.accept(code));
    mustHave(await pair.before.central('collect'));
    serving.child.kill('SIGTERM');
    await serving.ended;
    await pair.serve();
    pair.change(`UPDATE unidade SET nome = 'Unidade de novo' WHERE id = 7`);
    const collected = await pair.before.central('collect');
    t.equal(collected.code, 1);
    t.match(collected.stdout + collected.stderr, upgradeCentral, 'what to do');
    const renewed = await pair.before.central('source', 'renew', 'AL');
    t.equal(renewed.code, 1);
    t.match(renewed.stderr, upgradeCentral, 'what to do');
    await t.test('nothing is lost: central goes on once it is upgraded', async (t) => {
      await collectAll(t, pair);
      await sameRows(t, pair, 'unidade', 'advogado');
    });
  });
}
