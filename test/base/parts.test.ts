// Tier: quick. Nothing but bytes and figures.
import t from 'tap';
import { partsOfListings } from './parts/listing-parts.ts';
import { stepSizes } from './parts/step-size.ts';

await t.test('listing parts', partsOfListings);
await t.test('step size', stepSizes);
