import type { Test } from 'tap';
import { column, readCycle } from '../../support/read-cycle.ts';
import { sqliteHarness } from '../../support/sqlite-harness.ts';

export async function watermarkFormats(t: Test): Promise<void> {
  const harness = sqliteHarness(t);
  const formats = {
    '%s': {
      type: 'INTEGER',
      at: (seconds: number) => `CAST(strftime('%s', 'now', '${seconds} seconds') AS INTEGER)`,
    },
    '%Y-%m-%dT%H:%M:%SZ': {
      type: 'TEXT',
      at: (seconds: number) => `strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '${seconds} seconds')`,
    },
    '%Y-%m-%d %H:%M:%S': {
      type: 'DATETIME',
      at: (seconds: number) => `strftime('%Y-%m-%d %H:%M:%S', 'now', '-3 hours', '${seconds} seconds')`,
    },
  };
  for (const [watermarkFormat, { type, at }] of Object.entries(formats)) {
    await t.test(watermarkFormat, async (t) => {
      harness.db.exec(`DROP TABLE IF EXISTS f; CREATE TABLE f (id INTEGER, mark ${type})`);
      harness.db.exec(`INSERT INTO f VALUES (1, ${at(-7200)}), (2, ${at(-600)}), (3, ${at(600)}), (4, NULL)`);
      const view = { name: 'f', key: ['id'], watermark: 'mark', watermarkFormat };
      const settings = { views: [view], timeZone: 'America/Maceio', overlapSeconds: 3600 };
      const source = harness.openEngine(settings);
      const first = await readCycle(source, 'f', { limit: 1 });
      t.same(column(first.rows, 0), ['4', '1', '2'], 'T11: of the zone that is declared');
      t.same(
        column((await readCycle(source, 'f', { after: first.next })).rows, 0),
        ['4', '2'],
        'with overlap',
      );
    });
  }
  await t.test('a format that does not sort by time is refused', async (t) => {
    const view = { name: 'f', key: ['id'], watermark: 'mark', watermarkFormat: '%d/%m/%Y %H:%M' };
    const described = await harness.openEngine({ views: [view], timeZone: 'UTC' }).describe();
    t.match(described, { broken: [{ problem: 'watermark-unusable' }], views: [] });
  });
  await t.test('without a zone, when none is declared', async (t) => {
    const view = { name: 'f', key: ['id'], watermark: 'mark' };
    t.match(await harness.openEngine({ views: [view], timeZone: null }).describe(), {
      broken: [{ problem: 'watermark-unusable' }],
      views: [],
    });
  });
}
