// Tier: quick. Letters and notices, over a real mail server of a package and a real listener, on PostgreSQL.
import t from 'tap';
import { tierBases } from '../support/bases.ts';
import { asked } from './outbox/asked.ts';
import { noticesAreMade } from './outbox/notices.ts';
import { notifies } from './outbox/notifies.ts';
import { posts } from './outbox/posts.ts';
import { sends } from './outbox/sends.ts';

void t.test('what is told of a status', noticesAreMade);
void t.test('with a base', async (t) => {
  const bases = await tierBases(t);
  await t.test('mail', (t) => sends(t, bases));
  await t.test('letters that pages ask for', (t) => asked(t, bases));
  await t.test('webhook', (t) => posts(t, bases));
  await t.test('in service', (t) => notifies(t));
});
