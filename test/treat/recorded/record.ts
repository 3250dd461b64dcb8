import { writeFileSync } from 'node:fs';
import { present, recordedIn } from './outcomes.ts';

// Records what each step of treatment comes to now: after their version was raised, or where they are shown something else.

writeFileSync(recordedIn, `${JSON.stringify(await present(), null, 2)}\n`);
