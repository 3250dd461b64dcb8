// Tier: long. The same random histories of a small state, more of them, on PGlite and on PostgreSQL.
import t from 'tap';
import { onEachBase } from '../support/bases.ts';
import { asFromNothing } from './incremental.ts';

t.setTimeout(1_800_000);
onEachBase(t, (t, { shared }) => asFromNothing(t, shared, Number(process.env['GUARITA_SOAK_RUNS'] ?? 40)));
