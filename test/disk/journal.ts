import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { enrolment, must } from '../support/enrolled.ts';
import { fill } from './fill.ts';

/** Invariant 7 on a disk that is really full: what cannot be written down is not served. */
export async function journal(t: Test, disk: string): Promise<void> {
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
