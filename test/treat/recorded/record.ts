import { writeFileSync } from 'node:fs';
import { present, recordedIn } from './outcomes.ts';

// Records what cleaning and rules come to now: after their version was raised, or where they are shown something else.

writeFileSync(recordedIn, `${JSON.stringify(present(), null, 2)}\n`);
