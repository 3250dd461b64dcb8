import type { Test } from 'tap';
import { openDirectHome } from '../../../central/direct/home.ts';
import { noteEnd } from '../../../central/enrolment/end.ts';
import { enrolledFile } from '../../../central/enrolment/enrolled-source.ts';
import { daysAgo } from '../../../shared/day.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import type { MakeCommandBase } from '../../support/command-bases.ts';
import { must } from '../../support/enrolled.ts';
import { refused } from '../../support/refused-command.ts';
import { directScene } from './scene.ts';
import type { MakeState } from './states.ts';

export async function agreementLife(t: Test, makeBase: MakeCommandBase, makeState: MakeState): Promise<void> {
  const { central, add, state } = await directScene(t, makeBase, makeState, 'acordo');
  const act = (...more: string[]) => central('source', 'act', 'AL', ...more);
  const collect = async () => JSON.parse((await central('collect', '--json')).output) as unknown;
  /** How often the database was opened. */
  const opened = async () => {
    const home = await openDirectHome({ state }, 'AL');
    const count = [...home.journal.entries()].filter(({ body }) => body.includes('session-opened')).length;
    home.close();
    return count;
  };
  must(await add());
  t.match(await collect(), [{ outcome: 'complete' }]);

  await t.test('suspended, the database is not opened; taken up again, it is', async (t) => {
    const before = await opened();
    t.match(must(await act('--suspend', '--reason', 'auditoria')).output, /suspenso: auditoria/);
    t.match(await collect(), [{ outcome: 'failed', problem: 'agreement-suspended' }]);
    t.equal(await opened(), before);
    must(await act('--resume'));
    t.match(await collect(), [{ outcome: 'complete' }]);
    t.equal(await opened(), before + 1);
  });

  await t.test('one change at a time, with its document or its reason', async (t) => {
    refused(t, await act('--suspend', '--resume'), 'option-invalid');
    refused(t, await act('--extend', daysAgo(-4000)), 'option-invalid');
    refused(t, await act('--revoke'), 'option-invalid');
    refused(t, await act('--resume'), 'option-invalid');
  });

  await t.test('an extension moves its end', async (t) => {
    const [year = ''] = daysAgo(-4000).split('-');
    const extended = must(await act('--extend', daysAgo(-4000), '--document', 'Aditivo 1'));
    t.match(extended.output, new RegExp(`a \\d+/\\d+/${year}: em vigor`));
  });

  await t.test('told anew under its number, it keeps what was declared', async (t) => {
    const before = await opened();
    must(await act('--suspend', '--reason', 'auditoria'));
    refused(t, await add('--again', '--months', '600'), 'agreement-suspended');
    t.match(must(await act()).output, /suspenso: auditoria/);
    must(await act('--resume'));
    const extended = must(await act()).output;
    must(await add('--again'));
    t.equal(must(await act()).output, extended, 'the extension stays');
    t.match(await collect(), [{ outcome: 'complete' }]);
    t.equal(await opened(), before + 1);
  });

  await t.test('what was over is taken up again by an extension, and by a renewal', async (t) => {
    const record = enrolledFile(state, 'AL');
    const over = () => noteEnd(record, new GuaritaError('grant-expired'), new Date());
    over();
    t.match(await collect(), [{ outcome: 'ended' }]);
    t.match((await central('doctor')).output, /O acordo terminou[\s\S]*guarita-central source act AL/);
    t.match(must(await central('source', 'renew', 'AL')).output, /✓ AL: ACT 23701421/);
    t.match(await collect(), [{ outcome: 'complete' }]);
    over();
    must(await act('--extend', daysAgo(-5000), '--document', 'Aditivo 2'));
    t.match(await collect(), [{ outcome: 'complete' }]);
  });

  await t.test('revoked, it is over, and the DBA is told what to run', async (t) => {
    const before = await opened();
    const revoked = must(await act('--revoke', '--reason', 'fim da cooperação'));
    t.match(revoked.output, /Fim do acordo/);
    t.match(await collect(), [{ outcome: 'ended', problem: 'agreement-revoked' }]);
    refused(t, await central('source', 'renew', 'AL'), 'agreement-revoked');
    refused(t, await act('--resume'), 'agreement-revoked');
    t.equal(await opened(), before);
  });

  await t.test('revoked, only another agreement begins, and none that was revoked comes back', async (t) => {
    refused(t, await add('--again'), 'agreement-revoked');
    t.match(await collect(), [{ outcome: 'ended', problem: 'agreement-revoked' }]);
    must(await add('--again', '--act', '2'));
    t.match(await collect(), [{ outcome: 'complete' }]);
    refused(t, await add('--again'), 'agreement-revoked');
    t.match(must(await act()).output, /ACT 2,.*em vigor/);
  });

  await t.test(
    'its term is judged by the highest instant, not by a clock that was turned back',
    async (t) => {
      const ahead = await openDirectHome({ state }, 'AL', () => Date.now() + 40 * 86_400_000);
      ahead.agreements.state();
      ahead.close();
      refused(t, await add('--again', '--act', '3', '--months', '1'), 'grant-expired');
    },
  );
}
