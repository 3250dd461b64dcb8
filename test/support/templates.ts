import { pgliteTemplate } from './bases.ts';
import { postgresTemplate } from './postgres.ts';

// `npm run build:test` makes what test files copy: six that start at once would each make it, four seconds of the
// processor for PGlite alone.
await pgliteTemplate();
await postgresTemplate();
