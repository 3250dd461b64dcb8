// Tier: quick. Audits of their own on one base, a server of syslog on loopback, a service of central; random cases.

import t from 'tap';
import { tierBases } from '../support/bases.ts';
import { appendOnly } from './audit/append-only.ts';
import { auditCommands } from './audit/commands.ts';
import { auditPages } from './audit/pages.ts';
import { shipping } from './audit/shipping.ts';
import { signing } from './audit/signing.ts';
import { syslog } from './audit/syslog.ts';
import { tampering } from './audit/tampering.ts';
import { auditTexts } from './audit/texts.ts';

const bases = await tierBases(t);

await t.test('whatever is done to it is found', (t) => tampering(t, bases));
await t.test('signed', (t) => signing(t, bases));
await t.test('only ever added to', (t) => appendOnly(t, bases));
await t.test('shipped into a file', (t) => shipping(t, bases));
await t.test('shipped to a server of syslog', (t) => syslog(t, bases));
await t.test('whatever was asked for, exported', (t) => auditTexts(t, bases));
await t.test('its pages', (t) => auditPages(t, bases));
await t.test('at the terminal', (t) => auditCommands(t, bases));
