// Tier: quick. Against small servers of its own in this process.
import t from 'tap';
import { credentials } from './api/credentials.ts';
import { lies } from './api/lies.ts';
import { mirror } from './api/mirror.ts';
import { paging } from './api/paging.ts';
import { soapServices } from './api/soap.ts';
import { tls } from './api/tls.ts';
import { trying } from './api/trying.ts';
import { values } from './api/values.ts';

await t.test('paging', paging);
await t.test('values', values);
await t.test('lies', lies);
await t.test('credentials', credentials);
await t.test('mirror', mirror);
await t.test('trying', trying);
await t.test('tls', tls);
await t.test('soap', soapServices);
