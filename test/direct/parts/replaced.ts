import { join } from 'node:path';
import type { Test } from 'tap';
import { enrolledFile, writeRecord } from '../../../central/enrolment/enrolled-source.ts';
import { centralIdentities } from '../../../central/identities.ts';
import type { MakeCommandBase } from '../../support/command-bases.ts';
import { must } from '../../support/enrolled.ts';
import { refused } from '../../support/refused-command.ts';
import { directScene } from './scene.ts';
import type { MakeState } from './states.ts';

export async function replaced(t: Test, makeBase: MakeCommandBase, makeState: MakeState): Promise<void> {
  const { central, add, state, folder } = await directScene(t, makeBase, makeState, 'trocado');
  must(await add());
  must(await central('collect'));
  const { pem } = (await centralIdentities({ state }).current()).certificate;
  const agentOf = (uf: string) =>
    writeRecord(enrolledFile(state, uf), {
      ...{ uf, url: 'https://127.0.0.1:1', agent: uf, enrolled: '2026-01-01T00:00:00Z', schedule: null },
      ...{ certificates: [{ pem, until: null }], grant: '-', centralKey: '-', ended: null },
    });
  agentOf('AL');
  agentOf('SE');

  await t.test('what was observed before an agent came is verified and exported still', async (t) => {
    t.match(must(await central('receipts', 'verify', 'AL')).output, /✓ AL: \d+ registros .*íntegras/);
    const file = join(folder, 'AL.observacoes');
    must(await central('receipts', 'export', 'AL', '--out', file));
    t.match(must(await central('receipts', 'verify', 'AL', '--file', file)).output, /íntegras/);
    refused(t, await central('receipts', 'verify', 'SE', '--file', file), 'document-foreign');
  });

  await t.test('of who always had an agent there are none', async (t) => {
    t.notMatch(must(await central('receipts', 'verify', 'SE')).output, /observações/);
    refused(t, await central('receipts', 'export', 'SE'), 'option-invalid');
  });
}
