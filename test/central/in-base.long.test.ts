// Tier: long. As `in-base.test.ts`, on PGlite.
import t from 'tap';
import { pgliteBases } from '../support/bases.ts';
import { inBase } from './in-base.ts';

await inBase(t, pgliteBases);
