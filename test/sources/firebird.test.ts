// Tier: quick. What is of this engine alone. Needs a Firebird: GUARITA_TEST_FIREBIRD_URL.
import t from 'tap';
import { testFirebird } from '../support/firebird.ts';
import { changelog } from './firebird/changelog.ts';
import { clocks } from './firebird/clocks.ts';
import { connections } from './firebird/connections.ts';
import { dialects } from './firebird/dialects.ts';
import { encodings } from './firebird/encodings.ts';
import { epochs } from './firebird/epochs.ts';
import { errors } from './firebird/errors.ts';
import { interruptions } from './firebird/interruptions.ts';
import { locks } from './firebird/locks.ts';
import { plans } from './firebird/plans.ts';
import { readOnly } from './firebird/read-only.ts';
import { types } from './firebird/types.ts';

const server = testFirebird(t);

if (server !== null) {
  await t.test('encodings', (t) => encodings(t, server));
  await t.test('types', (t) => types(t, server));
  await t.test('dialects', (t) => dialects(t, server));
  await t.test('changelog', (t) => changelog(t, server));
  await t.test('clocks', (t) => clocks(t, server));
  await t.test('epochs', (t) => epochs(t, server));
  await t.test('read-only', (t) => readOnly(t, server));
  await t.test('connections', (t) => connections(t, server));
  await t.test('errors', (t) => errors(t, server));
  await t.test('interruptions', (t) => interruptions(t, server));
  await t.test('locks', (t) => locks(t, server));
  await t.test('plans', (t) => plans(t, server));
}
