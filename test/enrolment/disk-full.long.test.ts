// Tier: long. A whole life over a real process, on a disk of its own. Needs GUARITA_TEST_SMALL_DISK.
import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { enrolment, must } from '../support/enrolled.ts';
import { namedServer } from '../support/named-server.ts';

// Invariant 7 on a disk that is really full: what cannot be written down is not served.

const disk = namedServer(
  t,
  'GUARITA_TEST_SMALL_DISK',
  'the journal is not tested on a full disk (a mounted file system of a few megabytes, of which all is used)',
);

/** Takes what is left of a disk, to the last byte. */
function fill(file: string): void {
  const descriptor = openSync(file, 'w');
  try {
    for (const size of [65_536, 4096, 1]) {
      const chunk = Buffer.alloc(size, 1);
      try {
        for (;;) writeSync(descriptor, chunk);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    }
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

if (disk !== null) {
  await t.test('S8, J4: a full disk in the state', async (t) => {
    const filler = join(disk, 'filler');
    const agentState = join(disk, 'agent');
    t.teardown(() => {
      rmSync(filler, { force: true });
      rmSync(agentState, { recursive: true, force: true });
    });
    const e = await enrolment(t, { agentState });
    const agent = await e.enrol();
    must(await e.central(['collect']));
    const before = must(await e.central(['receipts', 'verify', 'AL'])).output;
    fill(filler);

    // It would try again; once is enough here.
    const tried = new AbortController();
    agent.child.stderr?.on('data', (line) => String(line).includes('state-unwritable') && tried.abort());
    const failed = await e.central(['collect'], { stop: tried.signal });
    t.equal(failed.code, 1, failed.output);
    t.match(agent.log(), 'state-unwritable');
    t.equal(agent.child.exitCode, null, 'the agent goes on');
    t.match(await e.agent(['journal', 'verify']), { code: 0, output: '✓ Diário íntegro' });

    rmSync(filler);
    must(await e.central(['collect']));
    t.not(
      must(await e.central(['receipts', 'verify', 'AL'])).output,
      before,
      'served again, without a restart',
    );
    const journal = join(e.folder, 'AL.journal');
    must(await e.agent(['journal', 'export', '--out', journal]));
    const compared = must(await e.central(['receipts', 'compare', journal])).output;
    t.match(compared, 'a mesma história');
    t.match(compared, /1 recusas não constam do diário/, 'the refusal that could not be written down');
  });

  await t.test('an agent that is killed while it serves leaves a journal that is whole', async (t) => {
    const agentState = join(disk, 'killed');
    t.teardown(() => rmSync(agentState, { recursive: true, force: true }));
    const e = await enrolment(t, { agentState });
    const agent = await e.enrol();
    const gone = new AbortController();
    agent.child.stderr?.once('data', () => agent.child.kill('SIGKILL'));
    void agent.ended.then(() => gone.abort());
    await e.central(['collect'], { stop: gone.signal });
    t.equal(agent.child.signalCode, 'SIGKILL', 'it was at work');
    t.match(await e.agent(['journal', 'verify']), { code: 0, output: '✓ Diário íntegro' });
    await e.serve();
    must(await e.central(['collect']));
    const journal = join(e.folder, 'AL.journal');
    must(await e.agent(['journal', 'export', '--out', journal]));
    t.match(must(await e.central(['receipts', 'compare', journal])).output, 'a mesma história');
  });
}
