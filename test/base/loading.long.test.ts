// Tier: long. As `loading.test.ts`, on PGlite: each part opens one of its own.
import t from 'tap';
import { baseLoadingContract } from '../contracts/base.ts';
import { pgliteBases } from '../support/bases.ts';

await baseLoadingContract(t, pgliteBases);
