import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { departureOf, takeOff } from '../../../central/enrolment/end.ts';
import { enrolledFile, readEnrolled } from '../../../central/enrolment/enrolled-source.ts';
import { closeInvitation, withdrawInvitation } from '../../../central/enrolment/invite.ts';
import type { StatusReport } from '../../../central/status/report.ts';
import type { ProblemCode } from '../../../shared/problems/catalogue.ts';
import { signDocument } from '../../../shared/signing/documents.ts';
import { certificateIn } from '../../../shared/signing/identity.ts';
import { generateKeyPair } from '../../../shared/signing/keys.ts';
import { timeZoneFault } from '../../../shared/time-zone.ts';
import { agedIdentity } from '../../support/aged-identity.ts';
import type { MakeCommandBase } from '../../support/command-bases.ts';
import { altered, codeIn, type Enrolment, enrolment, must } from '../../support/enrolled.ts';
import { refused } from '../../support/refused-command.ts';
import { isLong } from '../../support/runs.ts';

/** Changes a document and signs it anew, as somebody could who has a key, but not the one that was meant. */
function signedAnew(file: string, change: (document: Record<string, unknown>) => void): void {
  const { document } = JSON.parse(readFileSync(file, 'utf8')) as {
    document: Record<string, unknown> & { kind: string };
  };
  change(document);
  writeFileSync(file, signDocument(document, generateKeyPair()));
}

/** As the PowerShell of Windows saves a text. */
function savedAsUtf16(file: string): void {
  writeFileSync(file, Buffer.from(`\uFEFF${readFileSync(file, 'utf8')}`, 'utf16le'));
}

export async function enrolments(t: Test, makeBase: MakeCommandBase): Promise<void> {
  let bases = 0;
  const elsewhere = (t: Test, uf = 'AL') => enrolment(t, { uf, makeBase, name: `enrolled_${bases++}` });

  await t.test('E1, E5: a state is enrolled by two files, and collected over mutual TLS', async (t) => {
    const e = await elsewhere(t);
    const invited = must(await e.invite());
    t.match(invited.output, /guarita-agent init --invite/);
    const inited = await e.init();
    t.equal(inited.code, 0, inited.output + inited.errors);
    t.match(inited.output, /✓ unidade: \d+ colunas, todas as do dicionário/);
    const serving = await e.serve();
    t.match(serving.url, /^https:/);
    const accepted = await e.accept('--code', codeIn(inited));
    t.equal(accepted.code, 0, accepted.output + accepted.errors);
    t.equal(codeIn(accepted), codeIn(inited), 'both see the same code');
    t.match(accepted.output, /leu uma página de unidade: 20 linhas/);
    t.strictSame(readEnrolled(enrolledFile(e.centralState, 'AL')).rows, { unidade: 20 }, 'of how many');
    const collected = await e.central(['collect', '--json']);
    t.match(JSON.parse(collected.output), [{ source: 'AL', outcome: 'complete', views: [{ rows: 20 }] }]);
    t.notMatch(readFileSync(e.agentConfig, 'utf8'), /senha|password/i);

    await t.test('E2: each file is good for one use', async (t) => {
      refused(t, await e.accept('--code', codeIn(inited)), 'document-used');
      refused(t, await e.init(), 'document-used');
      must(await e.invite());
      refused(t, await e.accept('--code', codeIn(inited)), 'document-used');
    });
    await t.test('a state that is enrolled is enrolled anew only when that is said', async (t) => {
      const again = codeIn(must(await e.init()));
      refused(t, await e.accept('--code', again), 'already-enrolled');
      must(await e.accept('--code', again, '--again'));
      t.equal((await e.central(['collect'])).code, 0);
    });
    await t.test('one that is taken off while its reply comes in stays off', async (t) => {
      must(await e.invite());
      const code = codeIn(must(await e.init()));
      const record = enrolledFile(e.centralState, 'AL');
      const departure = { at: new Date().toISOString(), by: 'root', reason: 'saiu' };
      const end = (line: string) => {
        if (!line.startsWith('Resposta de AL')) return;
        withdrawInvitation(e.centralState, 'AL', departure);
        takeOff(record, departure);
      };
      const accept = ['source', 'accept', e.reply, '--code', code, '--again'];
      refused(t, await e.central(accept, { onOutput: end }), 'document-foreign');
      t.match(departureOf(readEnrolled(record)), departure);
      must(await e.invite());
      t.throws(() => closeInvitation(e.centralState, 'AL', 'another'), { code: 'document-foreign' });
      withdrawInvitation(e.centralState, 'AL', departure);
      t.throws(() => closeInvitation(e.centralState, 'AL', 'another'), { code: 'document-foreign' });
    });
  });

  await t.test('T3: certificates that end inside an agreement are exchanged by themselves', async (t) => {
    const e = await elsewhere(t);
    mkdirSync(e.agentState, { mode: 0o700 });
    const files = [join(e.agentState, 'agent.key.jwk'), join(e.centralState, 'central.key.jwk')] as const;
    const before = [
      await agedIdentity(files[0], 'guarita-agent AL', 625),
      await agedIdentity(files[1], 'guarita-central', 680),
    ];
    await e.enrol();
    t.match((await e.central(['status'])).output, 'o certificado da central vence em 49 dias');
    const daysLeft = async () => {
      const { rows } = JSON.parse((await e.central(['status', '--json'])).output) as StatusReport;
      return rows[0]?.certificate?.daysLeft;
    };
    t.equal(await daysLeft(), 49);
    for (const time of ['first', 'second']) t.equal((await e.central(['collect'])).code, 0, time);
    const after = files.map((file) => certificateIn(file));
    for (const [index, { certificate }] of before.entries()) {
      t.not(after[index]?.fingerprint, certificate.fingerprint, `of file ${index}`);
    }
    t.equal(await daysLeft(), 729);
    t.equal((await e.central(['collect'])).code, 0, 'with the new ones');
    t.notOk(existsSync(files[0].replace('.jwk', '.next.jwk')), 'and none is made again');
    t.match((await e.agent(['journal', 'verify'])).code, 0);
  });

  await t.test('the federal prison system is a source like a state, by the name of BR', async (t) => {
    const e = await elsewhere(t, 'BR');
    const typed = await e.central(['source', 'invite', 'xx', '--act', '1', '--begin', '2026-01-01']);
    t.equal(typed.code, 2, 'two letters that are nobody’s');
    refused(t, typed, 'option-invalid');
    must(await e.invite());
    t.match(readFileSync(e.invitation, 'utf8'), '"BR"');
    // From there on it is an enrolment as the one above.
    if (!isLong) return;
    await e.enrol();
    t.match(await e.central(['source', 'list']), { code: 0, output: /^BR {2}regra 2 {2}https:/ });
    const collected = await e.central(['collect', 'br', '--json']);
    t.match(JSON.parse(collected.output), [{ source: 'BR', outcome: 'complete', views: [{ rows: 20 }] }]);
    t.match(await e.central(['collect', 'AL']), { code: 2, errors: '[source-unknown]' }, 'and the only one');
  });

  await t.test('a zone that could mean two things is refused before the database is asked', async (t) => {
    const e = await elsewhere(t);
    must(await e.invite());
    const result = await e.init('--time-zone', 'UTC-3');
    refused(t, result, 'option-invalid');
    t.match(result.errors, `"UTC-3" ${timeZoneFault}`);
    t.notOk(existsSync(e.agentConfig));
    must(await e.init('--time-zone', '-03:00'));
  });

  await t.test('E3: an invitation that was changed, is old, or is for another state', async (t) => {
    const cases: [what: string, change: (e: Enrolment) => void, problem: ProblemCode][] = [
      ['no file', ({ invitation }) => writeFileSync(invitation, 'oi'), 'document-unreadable'],
      [
        'changed',
        ({ invitation }) => altered(invitation, (d) => (d['views'] = ['custodiado'])),
        'document-altered',
      ],
      [
        'signed by another key than that of its certificate',
        ({ invitation }) => signedAnew(invitation, () => undefined),
        'document-foreign',
      ],
      [
        'a reply in its place',
        ({ invitation }) => altered(invitation, (d) => (d['kind'] = 'x')),
        'document-altered',
      ],
    ];
    const e = await elsewhere(t);
    for (const [what, change, problem] of cases) {
      await t.test(what, async (t) => {
        must(await e.invite());
        change(e);
        refused(t, await e.init(), problem);
        t.notOk(existsSync(e.reply));
      });
    }
  });

  await t.test('E3: a reply that was changed, or is not to the invitation that is open', async (t) => {
    const e = await elsewhere(t);
    must(await e.invite());
    const code = codeIn(must(await e.init()));
    const good = readFileSync(e.reply, 'utf8');
    const cases: [what: string, change: () => void, problem: ProblemCode][] = [
      ['changed', () => altered(e.reply, (d) => (d['url'] = 'https://10.0.0.1:8443')), 'document-altered'],
      [
        'by another key',
        () => signedAnew(e.reply, (d) => (d['url'] = 'https://10.0.0.1:1')),
        'document-foreign',
      ],
      [
        'the invitation itself',
        () => writeFileSync(e.reply, readFileSync(e.invitation)),
        'document-unreadable',
      ],
    ];
    for (const [what, change, problem] of cases) {
      await t.test(what, async (t) => {
        writeFileSync(e.reply, good);
        change();
        refused(t, await e.accept('--code', code), problem);
      });
    }
    writeFileSync(e.reply, good);
    await t.test('E4: another code than the state sees', async (t) => {
      refused(t, await e.accept('--code', code.replace(/\d/g, '0')), 'document-foreign');
    });
    await t.test('E5: an agent that is not there', async (t) => {
      refused(t, await e.accept('--code', code), 'agent-unreachable');
      t.notOk(
        existsSync(join(e.centralState, 'sources/AL/source.json')),
        'not enrolled, and may be tried again',
      );
    });
    await e.serve();
    savedAsUtf16(e.reply);
    must(await e.accept('--code', code));
  });

  await t.test(
    'a reply that cannot be written spends nothing; one that was lost is written again',
    async (t) => {
      const e = await elsewhere(t);
      const missing = await e.init();
      refused(t, missing, 'option-invalid');
      t.match(missing.errors, 'não existe');
      must(await e.invite());
      savedAsUtf16(e.invitation);
      const nowhere = join(e.folder, 'nenhuma', 'x.json');
      const unwritable = await e.init('--out', nowhere);
      refused(t, unwritable, 'option-invalid');
      t.match(unwritable.errors, nowhere);
      t.notOk(existsSync(e.agentConfig), 'said before anything is done');
      const inited = must(await e.init());
      const reply = readFileSync(e.reply, 'utf8');
      refused(t, await e.init(), 'document-used');
      for (const lose of [() => rmSync(e.reply), () => writeFileSync(e.reply, reply.slice(0, 100))]) {
        lose();
        const again = must(await e.init());
        t.equal(codeIn(again), codeIn(inited));
        t.equal(readFileSync(e.reply, 'utf8'), reply);
      }
      const moved = join(e.folder, 'outra.json');
      must(await e.init('--out', moved));
      t.equal(readFileSync(moved, 'utf8'), reply, 'also to another place');
    },
  );

  await t.test('init refuses every address at once unless told twice, and what doctor finds', async (t) => {
    const e = await elsewhere(t);
    must(await e.invite());
    refused(t, await e.init('--listen', '0.0.0.0:8443'), 'option-invalid');
    t.notOk(existsSync(e.agentConfig), 'nothing was written');
    refused(t, await e.init('--schema', 'nenhum'), 'view-missing');
    const told = await e.init('--listen', '0.0.0.0:0', '--listen-anywhere');
    refused(t, told, 'option-invalid');
    t.match(told.errors, '--address');
  });
}
