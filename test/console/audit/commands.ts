import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import { appendAudit } from '../../../central/base/access-layer/audit.ts';
import { addBody, addPerson } from '../../../central/base/access-layer/people.ts';
import { serve } from '../../../central/commands/serve.ts';
import { systemClock } from '../../../central/service/clock.ts';
import { readAuditFacts } from '../../../central/state/audit-memory.ts';
import { generateKeyPair } from '../../../shared/signing/keys.ts';
import { type TestBases, testFolder } from '../../support/bases.ts';
import { commandBases } from '../../support/command-bases.ts';
import { runCommand } from '../../support/commands.ts';
import { until } from '../../support/deferred.ts';
import { oddText } from '../../support/odd-text.ts';

const never = { schedule: '0 3 1 1 *', reconcile: { schedule: '0 3 1 1 *' } };
/** Seconds pass as hundredths. */
const hurried = {
  ...systemClock,
  after: (milliseconds: number, act: () => void) => systemClock.after(milliseconds / 100, act),
};
const person = { id: '00000000-0000-4000-8000-0000000000b1', cpf: '12345678901', name: 'Fulana de Tal' };
const body = { id: '00000000-0000-4000-8000-0000000000c1', short: 'DPE-AL', name: 'Defensoria' };
const register = '00000000-0000-4000-8000-0000000000a1';

/** What is asked at the terminal, of a base that central serves and signs. */
export async function auditCommands(t: Test, { server }: TestBases): Promise<void> {
  const folder = testFolder(t);
  const state = join(folder, 'state');
  const opened = await (await commandBases(t, server))({ state, name: 'audit_commands' });
  const { environment } = opened;
  const file = join(folder, 'central.yaml');
  const shipped = join(folder, 'auditoria.jsonl');
  const console = { audit: { file: shipped } };
  writeFileSync(
    file,
    JSON.stringify({ state, ...opened.config, ...never, console, log: { level: 'silent' } }),
  );
  const who = { ...environment, SUDO_USER: 'maria' };
  const audit = (...args: string[]) =>
    runCommand('central', ['-c', file, 'audit', ...args], { environment: who });
  const withBase = async <T>(work: (base: Awaited<ReturnType<typeof opened.open>>) => Promise<T>) => {
    const base = await opened.open();
    try {
      return await work(base);
    } finally {
      await base.close();
    }
  };
  const write = (...entries: readonly { readonly at: string; readonly more?: object }[]) =>
    withBase(async (base) => {
      for (const { at, more = {} } of entries) {
        const said = { method: 'GET', route: '/busca', person: person.id, body: body.id, found: 2 };
        const terms = { words: 'MARIA', records: [register] };
        const entry = { kind: 'request', body: { ...said, problem: null, ...more }, terms } as const;
        await base.transaction((tx) => appendAudit(tx, entry, new Date(at)));
      }
    });
  await withBase((base) =>
    base.transaction(async (tx) => {
      await addBody(tx, body, new Date());
      await addPerson(tx, { ...person, email: null }, new Date());
    }),
  );
  await write(
    ...['2026-05-01T12:00:00Z', '2026-05-02T02:59:00Z', '2026-05-02T03:00:00Z', '2026-05-03T12:00:00Z'].map(
      (at) => ({ at }),
    ),
  );

  await t.test('before central has a key nothing is proved', async (t) => {
    const { code, errors } = await audit('verify');
    t.equal(code, 2);
    t.match(errors, /dê a chave pública/);
  });

  await t.test('"serve" signs at its start, and ships', async (t) => {
    const stopping = new AbortController();
    const lines: string[] = [];
    const context = { environment, stop: stopping.signal, print: (line: string) => void lines.push(line) };
    const served = serve({ config: file }, context, hurried);
    t.teardown(() => stopping.abort());
    await until('it is signed and shipped', () => {
      const facts = readAuditFacts(state);
      return facts?.signed?.id === 4 && facts.shipped['file']?.head === 4;
    });
    stopping.abort();
    await served;
    const { output } = await runCommand('central', ['-c', file, 'status'], { environment });
    // Nothing is enrolled here: that is said instead.
    t.notMatch(output, 'Auditoria: a partir');
    const { code, output: verdict } = await audit('verify');
    t.equal(code, 0);
    t.match(verdict, /✓ Auditoria íntegra: 4 registros, de 01\/05\/2026, 09:00:00 a 03\/05\/2026, 09:00:00/);
    t.match(verdict, /Assinados pela central até o registro 4/);
  });

  await t.test(
    'search: a table of 80 columns; what was asked for by wish alone; in the audit itself',
    async (t) => {
      const { code, output } = await audit('search', '--person', '123.456.789-01', '--day', '2026-05-01');
      t.equal(code, 0);
      for (const line of output.split('\n')) t.ok(Array.from(line).length <= 80, line);
      for (const text of ['Fulana de Tal', 'DPE-AL', '/busca', 'achados: 2']) t.match(output, text);
      t.notMatch(output, /MARIA|12345678901/);
      const found = JSON.parse((await audit('search', '--day', '2026-05-01', '--json')).output) as {
        id: number;
      }[];
      t.strictSame(
        found.map(({ id }) => id),
        [2, 1],
        'days are those of Brasília',
      );
      const revealed = await audit('search', '--record', register, '--reveal', '--json');
      t.match(JSON.parse(revealed.output), [{ id: 4, terms: { words: 'MARIA' } }, {}, {}, {}]);
      const own = JSON.parse(
        (await audit('search', '--event', 'audit-searched', '--json', '--reveal')).output,
      ) as unknown;
      t.match(own, [
        { who: 'maria', through: 'command', revealed: true, terms: { record: register } },
        { terms: { day: '2026-05-01' } },
        { found: 2, revealed: false, terms: { person: person.cpf, day: '2026-05-01' } },
      ]);
      const { output: searches } = await audit('search', '--event', 'audit-searched');
      t.match(searches, 'procurou na', 'by its words');
      t.notMatch(searches, 'audit-searched');
      t.match(await audit('search', '--body', 'DPE-AL', '--limit', '1'), { code: 0 });
      const odd = { event: 'x\u001b[2Jy\u009bz\u202e', found: 'x', route: {} };
      await write({ at: new Date().toISOString(), more: odd });
      for (const args of [
        ['--limit', '1'],
        ['--limit', '1', '--json'],
        ['--limit', '1', '--reveal'],
      ]) {
        const shown = await audit('search', ...args);
        t.equal(shown.code, 0);
        t.notMatch(shown.output.replaceAll('\n', ''), /[\p{Cc}\p{Cf}]/u, 'nothing acts on the terminal');
      }
      const texts = fc.sample(oddText(), 20);
      const kept = texts.map((text) => text.replaceAll('\0', ''));
      const now = new Date().toISOString();
      await write(...texts.map((text, at) => ({ at: now, more: { event: `e${at}`, said: text } })));
      const listed = await audit('search', '--limit', '20', '--reveal');
      t.notMatch(listed.output, /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u);
      const told = JSON.parse((await audit('search', '--limit', '21', '--json')).output) as {
        said?: string;
      }[];
      t.strictSame(
        told.slice(1).map(({ said = '' }) => said.replaceAll('\0', '')),
        kept.toReversed(),
      );
      for (const [args, text] of [
        [['--person', '1'], 'ninguém tem conta'],
        [['--body', 'X'], 'não há o órgão'],
        [['--day', '2026-02-31'], 'não é um dia'],
        [['--limit', '0'], 'um número até'],
      ] as const) {
        const wrong = await audit('search', ...args);
        t.equal(wrong.code, 2);
        t.match(wrong.errors, text);
      }
    },
  );

  const exported = join(folder, 'maio.jsonl');
  const key = join(folder, 'central.jwk');
  await t.test('export: proves itself, anywhere; what was asked for by wish alone', async (t) => {
    writeFileSync(key, (await runCommand('central', ['-c', file, 'key'], { environment })).output);
    const offline = (name: string, ...args: string[]) =>
      runCommand('central', ['-c', join(folder, 'none.yaml'), 'audit', 'verify', '--file', name, ...args]);
    t.match(await audit('export', exported, '--from', '2026-05-02', '--to', '2026-05-02'), { code: 0 });
    t.equal(statSync(exported).mode & 0o777, 0o600);
    t.notMatch(readFileSync(exported, 'utf8'), /MARIA/);
    const { code, output } = await offline(exported, '--key', key);
    t.equal(code, 0, output);
    // To the signature of the day in UTC, which goes on for three hours behind the one here.
    t.match(output, /1 registros.*\n {2}Assinados pela central até o registro 3/);
    t.match(output, 'O arquivo começa depois do registro 2');
    t.match(output, '1 sem os termos em claro');
    const whole = join(folder, 'tudo.jsonl');
    t.match(await audit('export', whole, '--reveal'), { code: 0 });
    t.match(readFileSync(whole, 'utf8'), 'MARIA');
    t.match(
      (await offline(whole, '--key', key)).output,
      /✓ .*\n.*até o registro 4.*\n {2}\d+ ainda sem assinatura/,
    );
    t.match((await audit('search', '--event', 'audit-exported', '--json')).output, /"revealed":true/);

    const spoil = (change: (text: string) => string) => {
      const name = join(folder, 'mudado.jsonl');
      writeFileSync(name, change(readFileSync(whole, 'utf8')));
      return offline(name, '--key', key);
    };
    for (const [change, text] of [
      [(all: string) => all.replace('MARIA', 'OUTRA'), 'registro 1 .*termos que não são'],
      [(all: string) => all.replace('/busca', '/outra'), 'registro 1 .*foi alterado'],
      [(all: string) => all.replace(/\n\{"entry":\{"id":2,.*/, ''), 'registro 2 .*falta'],
      [
        (all: string) =>
          all.replace(/"signature":"(.)/, (_, first) => `"signature":"${first === '_' ? '-' : '_'}`),
        'não confere',
      ],
    ] as const) {
      const spoilt = await spoil(change);
      t.equal(spoilt.code, 1, text);
      t.match(spoilt.output, new RegExp(text));
      t.match(spoilt.errors, 'audit-broken');
    }
    t.match(await spoil(() => 'x\n'), { code: 1, errors: /document-unreadable/ });
    t.match(await offline(join(folder, 'nothing'), '--key', key), {
      code: 2,
      errors: /não serve: não existe/,
    });
    const another = join(folder, 'outra.jwk');
    writeFileSync(another, JSON.stringify(generateKeyPair().jwk));
    t.match((await offline(whole, '--key', another)).output, /chave desconhecida/);
  });

  await t.test('the copy elsewhere tells what was exchanged before it was signed', async (t) => {
    t.match(await audit('verify', '--against', shipped), {
      code: 0,
      output: /✓ Contra o arquivo: 4 registros iguais/,
    });
    t.match(await audit('verify', '--file', shipped), { code: 0 });
    await withBase((base) =>
      base.transaction(async (tx) => {
        await tx.execute('ALTER TABLE acesso.auditoria DISABLE TRIGGER USER');
        await tx.execute('UPDATE acesso.auditoria SET sal = NULL, termos = NULL WHERE numero = 1');
        await tx.execute(`UPDATE acesso.auditoria SET elo = 'x' WHERE numero = 2`);
        await tx.execute('ALTER TABLE acesso.auditoria ENABLE TRIGGER USER');
      }),
    );
    const { code, output } = await audit('verify', '--against', shipped);
    t.equal(code, 1);
    for (const text of [
      /✗ Auditoria/,
      /registro 2 .*foi alterado/,
      /De 1 registros os termos foram apagados sem ordem/,
      /✗ Contra o arquivo: 3 registros iguais[\s\S]*registro 2: é outro na base/,
    ]) {
      t.match(output, text);
    }
    t.match(JSON.parse((await audit('verify', '--json')).output.split('\n')[0] ?? ''), {
      faults: [{ id: 2 }],
    });
    t.match(await audit('verify', '--file', shipped, '--against', shipped), { code: 2 });
  });
}
