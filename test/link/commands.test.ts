// Tier: quick. In this process, on PostgreSQL: what operators and reviewers do about who is who.
import t from 'tap';
import { postgresBases } from '../support/bases.ts';
import { testPostgres } from '../support/postgres.ts';
import { decides } from './base/decides.ts';
import { holds } from './base/holds.ts';
import { leftOpen } from './base/left-open.ts';
import { adoptedTwice, models, reading } from './base/models.ts';
import { reviews } from './base/reviews.ts';

const server = await testPostgres(t);
await t.test('decisions', (t) => decides(t, server));
await t.test('left open', (t) => leftOpen(t, server));
await t.test('models', (t) => models(t, server));
await t.test('two adopt at once', (t) => adoptedTwice(t, server));
void t.test('what was recorded as a model', reading);
await t.test('review', (t) => reviews(t, server));
await t.test('a decision holds against any model', async (t) =>
  holds(t, (await postgresBases(t, server)).shared, 3),
);
