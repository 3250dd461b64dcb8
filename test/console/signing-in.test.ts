// Quick tier: a base, no network. Passwords are hashed as in production, a tenth of a second each.

import t from 'tap';
import { passwordsAlone } from './signing-in/passwords.ts';

void t.test('passwords', passwordsAlone);
