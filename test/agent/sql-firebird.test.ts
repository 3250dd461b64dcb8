// Tier: quick. Seconds. Needs a Firebird: GUARITA_TEST_FIREBIRD_URL.
import t from 'tap';
import { firebirdScripts } from './sql/firebird.ts';
import { testOn } from './sql/script-tests.ts';

testOn(t, { engine: 'firebird', what: 'Firebird', variable: 'GUARITA_TEST_FIREBIRD_URL' }, firebirdScripts);
