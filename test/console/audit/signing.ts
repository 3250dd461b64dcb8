import type { Test } from 'tap';
import { verifyAudit } from '../../../central/base/access-layer/audit-verify.ts';
import { AuditHeads } from '../../../central/service/audit-heads.ts';
import { AuditMemory, readAuditFacts } from '../../../central/state/audit-memory.ts';
import { auditHealth, auditLines } from '../../../central/status/audit-lines.ts';
import { entryHash } from '../../../shared/journal/entry.ts';
import { generateKeyPair } from '../../../shared/signing/keys.ts';
import type { TestBases } from '../../support/bases.ts';
import { auditScene, hour, log } from './audit-scene.ts';

export async function signing(t: Test, bases: TestBases): Promise<void> {
  await t.test('at the start, each hour, and every day that went by unsigned', async (t) => {
    const scene = await auditScene(t, bases, 'signing');
    const { base, baseId, clock, memory, keys } = scene;
    const days = async () => (await scene.heads()).map(({ day, id }) => [day, id]);
    await scene.sign();
    t.strictSame(await days(), [], 'nothing to be signed');
    for (let at = 0; at < 3; at++) {
      await scene.write();
      await scene.write();
      clock.pass(24 * hour);
    }
    const heads = new AuditHeads({ base, baseId, memory, clock, log, keys: () => Promise.resolve(keys) });
    heads.start();
    await heads.settled();
    t.strictSame(await days(), [
      ['2026-01-01', 2],
      ['2026-01-02', 4],
      ['2026-01-03', 6],
    ]);
    await scene.write();
    clock.pass(hour);
    await heads.settled();
    t.strictSame((await days()).at(-1), ['2026-01-04', 7]);
    await scene.write();
    clock.pass(hour);
    await heads.settled();
    t.strictSame((await days()).at(-1), ['2026-01-04', 8], 'of a day the last entry so far');
    await heads.stop();
    t.strictSame(clock.waiting, []);
    const verdict = await verifyAudit(base, baseId, { keys: [keys.current], now: new Date(clock.now()) });
    t.match(verdict, { entries: 8, signed: { id: 8 }, unsigned: null, faults: [] });
    t.match(auditLines(readAuditFacts(scene.state), []), [/assinada até o registro 8/]);
  });

  await t.test('what was exchanged is not signed over, and is named', async (t) => {
    const scene = await auditScene(t, bases, 'rewritten');
    const { base, baseId, clock, keys } = scene;
    for (let at = 0; at < 4; at++) await scene.write();
    await scene.sign();
    clock.pass(hour);
    const refused = async () => {
      const before = await scene.heads();
      await scene.write();
      await scene.sign();
      t.strictSame(await scene.heads(), before, 'nothing is signed');
      const facts = readAuditFacts(scene.state);
      t.equal(auditHealth(facts, []), 'critical');
      return facts?.fault;
    };
    const entries = await scene.entries();
    const [third, fourth] = entries.slice(2);
    if (third === undefined || fourth === undefined) throw new Error('no entries');
    // As whoever has the base would: all hashes are right again.
    const put = (id: number, body: string, hash: string) =>
      scene.tamper('UPDATE acesso.auditoria SET corpo = $2, elo = $3 WHERE numero = $1', [id, body, hash]);
    const other = entryHash(entries[1]?.hash ?? '', { ...third, body: '{}' });
    await put(3, '{}', other);
    await put(4, fourth.body, entryHash(other, fourth));
    t.match(await refused(), { id: 4, fault: 'changed' });
    const signed = readAuditFacts(scene.state)?.signed ?? null;
    const verify = () =>
      verifyAudit(base, baseId, { keys: [keys.current], signed, now: new Date(clock.now()) });
    t.match((await verify()).faults, [
      { id: 3, fault: 'terms-changed' },
      { id: 4, fault: 'changed' },
    ]);
    // Nor where its signature is taken away with it, or the whole end.
    await scene.tamper('DELETE FROM acesso.auditoria_dia');
    t.match(await refused(), { id: 4, fault: 'changed' });
    await scene.tamper('DELETE FROM acesso.auditoria WHERE numero >= 3');
    t.match(await refused(), { id: 4, fault: 'removed' });
    t.match((await verify()).faults.at(-1), { id: 4, fault: 'removed' });
    // Nor by a signature that is none of central's.
    await scene.tamper(
      `INSERT INTO acesso.auditoria_dia VALUES ('2026-01-05', 3, (SELECT elo FROM acesso.auditoria WHERE numero = 3), $1, 'AAAA')`,
      [generateKeyPair().thumbprint],
    );
    scene.memory = new AuditMemory(`${scene.state}-lost`, baseId);
    await scene.sign();
    t.match(scene.memory.facts.fault, { id: 3, fault: 'key-unknown' }, 'also where nothing is remembered');
  });

  await t.test('mended, it is signed again; a signature that was taken away is shown again', async (t) => {
    const scene = await auditScene(t, bases, 'mended');
    const { clock } = scene;
    await scene.write();
    await scene.write();
    await scene.sign();
    const [first] = await scene.entries();
    await scene.tamper(`UPDATE acesso.auditoria SET elo = 'x' WHERE numero = 2`);
    await scene.sign();
    t.match(scene.memory.facts.fault, { id: 2, fault: 'changed' });
    const since = scene.memory.facts.fault?.since;
    clock.pass(hour);
    await scene.sign();
    t.equal(scene.memory.facts.fault?.since, since, 'since when is not forgotten');
    const hash = scene.memory.facts.signed?.hash;
    await scene.tamper('UPDATE acesso.auditoria SET elo = $1 WHERE numero = 2', [hash]);
    await scene.tamper('DELETE FROM acesso.auditoria_dia');
    scene.keys.retired.push(scene.keys.current);
    scene.keys.current = generateKeyPair();
    scene.memory = new AuditMemory(scene.state, scene.baseId);
    await scene.sign();
    t.equal(scene.memory.facts.fault, null);
    t.match(await scene.heads(), [{ id: 2, hash }]);
    t.ok(first);
  });
}
