import { chmodSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { forgetKey, keepKeyProof, keyProof } from '../../../central/base/access-layer/console-key.ts';
import type { Base } from '../../../central/base/base.ts';
import { AuditMemory, readAuditFacts } from '../../../central/state/audit-memory.ts';
import { query } from '../../support/bases.ts';

interface DoctorScene {
  /** By whoever owns it. */
  readonly base: Base;
  /** Central's folder, in which the console has served. */
  readonly state: string;
  /** What "doctor" says of a console with this configuration, whose secret is `KEY`. */
  readonly doctor: (console: object, KEY?: string) => Promise<string>;
}

/** What keeps people from entering, or the audit from being proved, is told before it does. */
export async function doctorOfConsole(t: Test, { base, state, doctor }: DoctorScene): Promise<void> {
  const file = join(state, 'console-key');
  const said = { port: 8080 };

  await t.test('the key: of its owner alone, and the one of the base', async (t) => {
    t.match(await doctor(said), `✓ chave do console: de "${file}"`);
    chmodSync(file, 0o640);
    t.match(await doctor(said), /^✗ chave do console: .*\[console-key-unreadable\]$/m);
    t.match(
      await doctor({ ...said, secretKey: { file } }),
      /^! chave do console: Outros usuários.*\n.*chmod 600/m,
    );
    chmodSync(file, 0o600);
    t.match(await doctor({ ...said, secretKey: { file } }), '✓ chave do console: de "console.secretKey"');
    const named = { ...said, secretKey: { env: 'KEY' } };
    t.match(await doctor(named, 'a'.repeat(64)), /^✗ chave do console: .*\[console-key-other\]$/m);
    t.match(await doctor(named, 'nada'), /^✗ chave do console: .*\[console-key-unreadable\]$/m);
    t.match(
      await doctor({ ...said, secretKey: { env: 'NONE' } }),
      /^✗ chave do console: .*\[secret-missing\]$/m,
    );
    const person = 'a0000000-0000-4000-8000-000000000001';
    await query(
      base,
      `INSERT INTO acesso.pessoa (id, cpf, nome, criada) VALUES ($1, '52998224725', 'Ana', now())`,
      [person],
    );
    await query(
      base,
      `INSERT INTO acesso.fator (id, pessoa, tipo, nome, segredo, criado) VALUES ($1, $1, 'totp', 'x', '\\x00', now())`,
      [person],
    );
    t.match(await doctor(said), /^! chave do console: De outra chave.* 1 .*\n.*access factors/m);
    await query(base, 'DELETE FROM acesso.fator');
    await query(base, 'DELETE FROM acesso.pessoa');
  });

  await t.test('one that is gone is missed where the base knows it, and none is made', async (t) => {
    renameSync(file, `${file}.away`);
    t.match(await doctor(said), /^✗ chave do console: .*Não há .*\[console-key-other\]$/m);
    const proof = await base.snapshot(keyProof);
    await base.transaction(forgetKey);
    t.match(await doctor(said), /^! chave do console: Não há ".*console-key"\.\n {2}→ O primeiro início/m);
    await base.transaction((tx) => keepKeyProof(tx, proof ?? Buffer.alloc(0)));
    renameSync(`${file}.away`, file);
    t.match(await doctor(said), '✓ chave do console');
  });

  await t.test('the audit: what is signed, and how the copies stand', async (t) => {
    t.match(await doctor(said), /^! auditoria: Nada dela sai da base.*\n.*console\.audit/m);
    const copied = { ...said, audit: { file: '/tmp/none.jsonl' } };
    t.match(await doctor(copied), /^! auditoria arquivo: A cópia para o arquivo ainda não começou/m);
    const memory = new AuditMemory(state, readAuditFacts(state)?.base ?? 'b');
    memory.changeShipped('file', { entry: 7 });
    t.match(await doctor(copied), /^✓ auditoria arquivo: A cópia para o arquivo vai até o registro 7$/m);
    const since = '2026-11-29T12:00:00.000Z';
    memory.changeShipped('file', { problem: 'audit-unshipped', failed: since, behind: 3, since });
    t.match(
      await doctor(copied),
      /^! auditoria arquivo: A cópia para o arquivo não sai desde 29\/11\/2026, 09:00 \(audit-unshipped\); .*faltam 3 registros.*\n {2}→ /m,
    );
    t.match(
      await doctor({ audit: copied.audit }),
      '! auditoria arquivo',
      'also where the console is elsewhere',
    );
    memory.change({ fault: { id: 5, fault: 'changed', since } });
    t.match(await doctor(said), /^✗ auditoria: .*A partir do registro 5 .*\[audit-broken\]$/m);
    writeFileSync(join(state, 'audit.json'), 'x');
    t.match(await doctor(said), '! auditoria: Nada');
  });
}
