// Tier: quick. One case, another each time; `faults.long.test.ts` and `npm run test:soak` try many more.
import t from 'tap';
import { faults } from './faults.ts';

await faults(t, 1);
