// Tier: long. As `mechanisms.test.ts`, on PGlite: each part opens one of its own.
import t from 'tap';
import { baseMechanismsContract } from '../contracts/base.ts';
import { pgliteBases } from '../support/bases.ts';

await baseMechanismsContract(t, pgliteBases);
