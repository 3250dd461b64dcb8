// Tier: quick. In this process, without a base.
import t from 'tap';
import { recordedVersions } from './recorded/recorded-versions.ts';
import { dayArithmetic, spansOfDays } from './rules/days.ts';
import { hiddenColumns } from './rules/hidden.ts';
import { inferredDates } from './rules/inferred.ts';
import { namesCompared } from './rules/names-compared.ts';
import { placesOfCustodies } from './rules/places.ts';
import { rulesAreTotal, rulesWait } from './rules/properties.ts';
import { statesAreWhole } from './rules/states.ts';
import { ruleCases, rulesAreComplete, ruleTexts } from './rules/table.ts';

await t.test('days', dayArithmetic);
await t.test('spans', spansOfDays);
await t.test('names', namesCompared);
await t.test('places', placesOfCustodies);
await t.test('states', statesAreWhole);
await t.test('cases', ruleCases);
await t.test('complete', rulesAreComplete);
await t.test('texts', ruleTexts);
await t.test('total', rulesAreTotal);
await t.test('wait', rulesWait);
await t.test('inferred dates', inferredDates);
await t.test('hidden columns', hiddenColumns);
await t.test('recorded versions', recordedVersions);
