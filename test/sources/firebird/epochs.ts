import { rmSync } from 'node:fs';
import Firebird from 'node-firebird';
import type { Test } from 'tap';
import type { TestFirebird } from '../../support/firebird.ts';
import { firebirdHarness } from '../../support/firebird-harness.ts';
import { readPage } from '../../support/read-cycle.ts';

/** Trap 15. */
export async function epochs(t: Test, server: TestFirebird): Promise<void> {
  const harness = await firebirdHarness(t, server);
  await harness.execute('CREATE TABLE T ("id" INTEGER NOT NULL PRIMARY KEY, "nome" VARCHAR(10))');
  await harness.execute(`INSERT INTO T VALUES (1, 'a')`);
  const views = [{ name: 'T', key: ['id'] }];
  const epochOf = async (path: string) => {
    const engine = harness.openEngine({ views }, { database: path });
    const { epoch } = await readPage(engine, 'T', { after: null, until: null });
    await engine.close();
    return epoch;
  };
  const before = await epochOf(harness.database.path);
  t.equal(await epochOf(harness.database.path), before, 'the same for each attachment');

  await t.test('T15: a database that was restored from a backup has another epoch', async (t) => {
    const manager = async (work: (service: Firebird.ServiceManager) => Promise<NodeJS.ReadableStream>) => {
      const service = await Firebird.attachAsync({ ...server, database: 'service_mgr', manager: true });
      const answer = await work(service);
      answer.resume();
      await new Promise((resolve) => answer.once('end', resolve));
      await service.detachAsync();
    };
    const [backup, restored] = [`${harness.database.path}.fbk`, server.path(`restaurado-${process.pid}`)];
    await manager((service) => service.backupAsync({ database: harness.database.path, files: backup }));
    await manager((service) => service.restoreAsync({ database: restored, files: backup, create: true }));
    t.not(await epochOf(restored), before);
    const database = await Firebird.attachAsync({ ...server, database: restored });
    await database.dropAsync();
    rmSync(backup, { force: true });
  });
}
