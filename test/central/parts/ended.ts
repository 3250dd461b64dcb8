import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { enrolledEntries } from '../../../central/central.ts';
import { noteEnd } from '../../../central/enrolment/end.ts';
import { enrolledFile, readEnrolled } from '../../../central/enrolment/enrolled-source.ts';
import { renewTrust } from '../../../central/enrolment/renew.ts';
import { centralIdentities } from '../../../central/identities.ts';
import { schedulesOf } from '../../../central/service/plans.ts';
import { openCentralState } from '../../../central/state/state.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { runCommand } from '../../support/commands.ts';
import { grantToken } from '../../support/grants.ts';
import { temporaryFolder } from '../../support/sqlite-views.ts';
import { enrols } from './adopt.ts';

/** A state that left, or of which the agent says so. */
export async function endedSources(t: Test): Promise<void> {
  const folder = temporaryFolder(t);
  const state = join(folder, 'state');
  const config = join(folder, 'central.yaml');
  writeFileSync(config, JSON.stringify({ state, log: { level: 'silent' } }));
  const central = (...args: string[]) =>
    runCommand('central', ['-c', config, ...args], { environment: { SUDO_USER: 'ana' } });
  const identities = centralIdentities({ state });
  const { key } = await identities.current();
  const grant = grantToken({ views: ['unidade'] });
  enrols(state, 'AL', { centralKey: key.thumbprint, grant });
  enrols(state, 'SE', { centralKey: key.thumbprint, grant });
  const record = enrolledFile(state, 'AL');

  await t.test('a state that left is waited for no more, and it is kept who said so, and why', async (t) => {
    const opened = openCentralState(state);
    t.teardown(() => opened.close());
    const jobs = (['collect', 'treat'] as const).map((kind) =>
      opened.jobs.add({ kind, source: 'AL', view: null, reason: 'schedule', due: 0 }, 0),
    );
    await central('keys', 'rotate');
    t.match((await central('keys', 'show')).output, 'falta em: AL, SE');
    t.match(await central('source', 'end', 'al'), { code: 2 }, 'not without a reason');
    t.match(await central('source', 'end', 'al', '--reason', ' '), { errors: /option-invalid/ });
    t.equal(readEnrolled(record).ended, null);
    const { code, output } = await central('source', 'end', 'al', '--reason', 'Acordo denunciado');
    t.match({ code, output }, { code: 0, output: /AL saiu em .*, por ana: Acordo denunciado/ });
    const { at } = readEnrolled(record).ended ?? {};
    t.match(readEnrolled(record), {
      ended: { problem: 'source-left' },
      left: [{ at, by: 'ana', reason: 'Acordo denunciado' }],
    });
    t.match(
      jobs.map(({ id }) => opened.jobs.find(id)?.outcome),
      ['cancelled', null],
      'what was collected goes on to be treated',
    );
    t.match((await central('keys', 'show')).output, /falta em: SE$/m);
    t.match((await central('source', 'end', 'al', '--reason', 'de novo')).output, 'Acordo denunciado');
    t.equal(readEnrolled(record).left?.length, 1);
    t.match((await central('source', 'list')).output, /AL .*\(saiu em .*\)\n {4}Acordo denunciado/);
  });

  await t.test('it is neither due nor renewed', async (t) => {
    const entries = enrolledEntries(state);
    t.match(entries, [{ uf: 'AL', over: 'left' }, { uf: 'SE' }]);
    const schedules = {
      schedule: '0 3 * * *',
      reconcile: { schedule: '0 5 * * 0', views: [] },
      timeZone: 'America/Sao_Paulo',
    };
    const kinds = schedulesOf(entries, schedules).map(({ name, kind }) => `${name} ${kind}`);
    t.strictSame(kinds, ['AL treat', 'SE collect', 'SE reconcile', 'SE treat']);
    const open = () => t.fail('it is asked') as never;
    await t.rejects(renewTrust({ record, open, next: null, now: new Date() }), { code: 'source-left' });
    t.match((await central('source', 'renew', 'AL')).output, '[source-left]');
    t.notOk(noteEnd(record, new GuaritaError('agent-unreachable'), new Date()));
    t.ok(noteEnd(record, new GuaritaError('agreement-revoked'), new Date()));
    t.match(readEnrolled(record).ended, { problem: 'source-left' }, 'a person said so before');
  });

  await t.test('what the agent says of the end is kept as it was said first', (t) => {
    const other = enrolledFile(state, 'SE');
    const at = new Date('2026-02-01T00:00:00Z');
    t.ok(noteEnd(other, new GuaritaError('agreement-revoked'), at));
    t.ok(noteEnd(other, new GuaritaError('agreement-revoked'), new Date()));
    t.strictSame(readEnrolled(other).ended, { at: at.toISOString(), problem: 'agreement-revoked' });
    t.match(enrolledEntries(state), [{}, { uf: 'SE', over: 'ended' }]);
    t.end();
  });

  await t.test('what is typed wrong is said', async (t) => {
    const says = async (text: RegExp, ...args: string[]) => {
      const { code, errors } = await central('source', ...args);
      t.match({ code, errors }, { code: 2, errors: text });
      t.match(errors, '[option-invalid]');
    };
    await says(/O arquivo ".*nada.json" não serve: não existe/, 'accept', join(folder, 'nada.json'));
    await says(/não serve: é uma pasta/, 'accept', folder);
    const invite = ['invite', 'PB', '--act', '1', '--begin', '2026-11-01'];
    await says(/"unidades" não há; há: .*unidade/, ...invite, '--views', 'custodiado,unidades');
    await says(/não serve: não existe/, ...invite, '--out', join(folder, 'no', 'x.json'));
    t.match(await central('source', ...invite, '--from', '10.8.0'), { code: 2, errors: /--from: "10.8.0"/ });
  });

  await t.test('an invitation is taken back; what was neither invited nor enrolled is told', async (t) => {
    const out = join(folder, 'BA.convite.json');
    await central('source', 'invite', 'BA', '--act', '1', '--begin', '2026-01-01', '--out', out);
    t.match(await central('source', 'end', 'BA', '--reason', 'desistiu'), {
      code: 0,
      output: /Convite de BA retirado/,
    });
    t.match(await central('source', 'end', 'BA', '--reason', 'desistiu'), {
      code: 2,
      errors: /source-unknown/,
    });
  });
}
