import type { Test } from 'tap';
import { GuaritaError } from '../../../shared/errors.ts';
import { createLogger } from '../../../shared/log.ts';
import type { Engine } from '../../../shared/sources/engine.ts';
import { GuardedSource } from '../../../shared/sources/guarded-source.ts';
import { peopleSource } from '../../support/sqlite-views.ts';

export async function guardedSources(t: Test): Promise<void> {
  await t.test(
    'A4: the database is opened under the agreement, and let go of when that is over',
    async (t) => {
      let agreed = false;
      let opened = 0;
      let closed = 0;
      const open = (): Promise<Engine> => {
        opened++;
        const engine = peopleSource(t, 3);
        const close = engine.close.bind(engine);
        engine.close = () => {
          closed++;
          return close();
        };
        return Promise.resolve(engine);
      };
      const source = new GuardedSource({
        ...{ open, allowWritable: false, log: createLogger('silent', 'test') },
        requireAgreement: () => {
          if (!agreed) throw new GuaritaError('grant-expired');
        },
      });
      await t.rejects(source.describe(), { code: 'grant-expired' });
      t.same([opened, closed], [0, 0], 'not even opened');
      agreed = true;
      t.ok((await source.describe()).views.length);
      await source.closeUnlessAgreed();
      t.same([opened, closed], [1, 0], 'kept while the agreement lasts');
      agreed = false;
      await t.rejects(source.page('custodiado', { after: null, until: null }), { code: 'grant-expired' });
      await source.closeUnlessAgreed();
      t.same([opened, closed], [1, 1], 'let go of');
      agreed = true;
      t.ok((await source.describe()).views.length, 'an extension brings it back');
      t.equal(opened, 2);
      await source.close();
    },
  );

  await t.test('an engine that could not be opened is opened again, and ends nothing', async (t) => {
    let tries = 0;
    let agreed = true;
    const source = new GuardedSource({
      ...{ allowWritable: false, log: createLogger('silent', 'test') },
      open: () => {
        tries++;
        return tries % 2 === 1
          ? Promise.reject(new GuaritaError('source-unavailable'))
          : Promise.resolve(peopleSource(t, 3));
      },
      requireAgreement: () => {
        if (!agreed) throw new GuaritaError('grant-expired');
      },
    });
    const both = await Promise.allSettled([source.describe(), source.describe()]);
    t.match(both, [{ reason: { code: 'source-unavailable' } }, { reason: { code: 'source-unavailable' } }]);
    t.equal(tries, 1, 'those who ask at once share it');
    t.ok((await source.describe()).views.length, 'who asks later has it');
    await source.close();
    const failing = source.describe();
    agreed = false;
    await t.resolves(source.closeUnlessAgreed(), 'while it is being opened');
    await t.rejects(failing, { code: 'source-unavailable' });
    await t.resolves(source.close());
  });

  await t.test('what could not be proved once is proved with the next question', async (t) => {
    const engine = peopleSource(t, 3);
    const prove = engine.proveReadOnly.bind(engine);
    let asked = 0;
    engine.proveReadOnly = () => (++asked === 1 ? Promise.reject(new GuaritaError('internal')) : prove());
    const source = new GuardedSource({
      ...{ open: () => Promise.resolve(engine), allowWritable: false, log: createLogger('silent', 'test') },
      requireAgreement: () => undefined,
    });
    await t.rejects(source.describe(), { code: 'internal' });
    t.ok((await source.describe()).views.length);
    t.ok((await source.describe()).views.length);
    t.equal(asked, 2, 'and no more often');
    await source.close();
  });

  await t.test('an engine that cannot be closed ends nothing', async (t) => {
    const engine = peopleSource(t, 3);
    const close = engine.close.bind(engine);
    t.teardown(close);
    engine.close = () => Promise.reject(new Error('it hangs'));
    let agreed = true;
    const source = new GuardedSource({
      ...{ open: () => Promise.resolve(engine), allowWritable: false, log: createLogger('silent', 'test') },
      requireAgreement: () => {
        if (!agreed) throw new GuaritaError('grant-expired');
      },
    });
    t.ok((await source.describe()).views.length);
    agreed = false;
    await t.resolves(source.closeUnlessAgreed());
  });
}
