// Tier: quick. Reads the files of the project, and starts one process.
import t from 'tap';
import { securityItems } from './rules/asvs.ts';
import { documents } from './rules/docs.ts';
import { guidesOfBoth } from './rules/guides.ts';
import { importRules } from './rules/imports.ts';
import { language } from './rules/language.ts';
import { merged } from './rules/merged.ts';
import { thrown } from './rules/thrown.ts';
import { tiers } from './rules/tiers.ts';

await t.test('items of ASVS', securityItems);
await t.test('documents', documents);
await t.test('guides', guidesOfBoth);
await t.test('imports', importRules);
await t.test('language', language);
await t.test('no mark of a merge is left in a file', merged);
await t.test('tiers', tiers);
await t.test('thrown', thrown);
