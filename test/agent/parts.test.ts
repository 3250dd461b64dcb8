// Tier: quick. Agents in this process, over loopback; a few for what the program prints.
import t from 'tap';
import { agreements } from './parts/agreement.ts';
import { alteredState } from './parts/altered-state.ts';
import { connections } from './parts/connections.ts';
import { cutJournals } from './parts/cut-journal.ts';
import { guardedSources } from './parts/guarded-source.ts';
import { journals } from './parts/journal.ts';
import { journalLines } from './parts/journal-line.ts';
import { metricsOfAgents } from './parts/metrics.ts';
import { readiness } from './parts/readiness.ts';
import { supportFiles } from './parts/support.ts';
import { tampering } from './parts/tampering.ts';
import { versionsOfAgents } from './parts/versions.ts';

await t.test('agreement', agreements);
await t.test('altered state', alteredState);
await t.test('connections', connections);
await t.test('cut journal', cutJournals);
await t.test('guarded source', guardedSources);
await t.test('journal', journals);
await t.test('journal line', journalLines);
await t.test('metrics', metricsOfAgents);
await t.test('readiness', readiness);
await t.test('support', supportFiles);
await t.test('tampering', tampering);
await t.test('versions', versionsOfAgents);
