import {
  appendFileSync,
  chmodSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Test } from 'tap';
import { compareAudit } from '../../../central/audit/compare.ts';
import { type Seal, sealFor } from '../../../central/audit/seal.ts';
import { FileDestination } from '../../../central/audit/ship/file.ts';
import { verifyAuditFile } from '../../../central/audit/verify-file.ts';
import { AuditShipper } from '../../../central/service/audit-shipper.ts';
import { AuditMemory, readAuditFacts } from '../../../central/state/audit-memory.ts';
import { auditHealth, auditLines } from '../../../central/status/audit-lines.ts';
import { shippingsOf } from '../../../central/status/audit-shipping.ts';
import type { TestBases } from '../../support/bases.ts';
import { testFolder } from '../../support/bases.ts';
import { runCommand } from '../../support/commands.ts';
import { type AuditScene, auditScene, hour, log } from './audit-scene.ts';

/** Into a file, as it is written, sealed for the auditor. */
export async function shipping(t: Test, bases: TestBases): Promise<void> {
  const scene = await auditScene(t, bases, 'shipping');
  const { clock } = scene;
  const folder = testFolder(t);
  const file = join(folder, 'auditoria.jsonl');
  const privateKey = join(folder, 'auditor.jwk');
  const publicKey = join(folder, 'auditor-pub.jwk');
  const made = await runCommand('central', ['audit', 'key', privateKey]);
  writeFileSync(publicKey, made.output);
  const seal = await sealFor(publicKey);
  const numbers = (name = file) =>
    readFileSync(name, 'utf8')
      .split('\n')
      .flatMap((line) => {
        const number = /^\{"entry":\{"id":(\d+),/.exec(line)?.[1];
        return number === undefined || !line.endsWith('}') ? [] : [Number(number)];
      });
  const told = ({ facts } = scene.memory) => facts.shipped['file'];
  const verdict = async (name = file) => verifyAuditFile(name, [scene.keys.current]);

  await t.test(
    'each entry in its order, then its signature; nothing of what was asked for in clear (ASVS 16.4.3)',
    async (t) => {
      await scene.write({ terms: { words: 'MARIA DA SILVA', cpf: '12345678901', records: ['r'] } });
      await scene.write({ terms: null });
      const shipper = shipperOf(scene, file, seal);
      shipper.start();
      await shipper.settled();
      await scene.write();
      await scene.sign();
      clock.pass(1000);
      await shipper.settled();
      await shipper.stop();
      t.strictSame(numbers(), [1, 2, 3]);
      const text = readFileSync(file, 'utf8');
      for (const value of ['MARIA', '12345678901', 'fulano']) t.notMatch(text, value);
      t.equal(statSync(file).mode & 0o777, 0o600);
      t.match(await verdict(), { entries: 3, signed: { id: 3 }, unsigned: null, faults: [], cut: 0 });
      t.match(told(), { entry: 3, head: 3, behind: 0, problem: null });
      t.strictSame(clock.waiting, [], 'nothing is left behind');
      const opened = await runCommand('central', ['audit', 'open', file, '--key', privateKey]);
      t.equal(opened.code, 0, opened.errors);
      const lines = opened.output.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
      t.match(lines, [
        { id: 1, opened: 'sound', terms: { words: 'MARIA DA SILVA', records: ['r'] } },
        { id: 2, opened: 'none', terms: null },
        { id: 3, opened: 'sound', terms: { words: 'fulano' } },
      ]);
      const other = join(folder, 'other.jwk');
      await runCommand('central', ['audit', 'key', other]);
      const closed = await runCommand('central', ['audit', 'open', file, '--key', other]);
      t.match(closed.output, '"opened":"key"');
      t.notMatch(closed.output, 'MARIA');
      const withPublic = await runCommand('central', ['audit', 'open', file, '--key', publicKey]);
      t.match(withPublic.errors, 'key-unreadable');
      t.equal((await runCommand('central', ['audit', 'key', privateKey])).code, 2, 'no key is written over');
      await t.rejects(sealFor(privateKey), { code: 'key-unreadable' });
    },
  );

  await t.test('killed between the entry and its being shipped, or in the midst of a line', async (t) => {
    await scene.write();
    // Cut off: that far it came.
    appendFileSync(file, '{"entry":{"id":4,"at":"20');
    await ship(scene, file, seal);
    t.strictSame(numbers(), [1, 2, 3, 4]);
    t.match(await verdict(), { entries: 4, faults: [], cut: 1 });
    // Shipped, and killed before it was remembered.
    const memory = { ...scene.memory.facts };
    await scene.write();
    await ship(scene, file, seal);
    scene.memory = new AuditMemory(scene.state, scene.baseId);
    scene.memory.change({ shipped: memory.shipped });
    await scene.write();
    await ship(scene, file, seal);
    t.strictSame(numbers(), [1, 2, 3, 4, 5, 6], 'none twice');
  });

  await t.test(
    'a full disk: told, nothing waits for it, and all is shipped once there is room',
    async (t) => {
      let isFull = true;
      // What is written of it stands there, as on a disk that became full in the midst of it.
      const openFull = async (name: string): Promise<FileHandle> => {
        const handle = await open(name, 'a+', 0o600);
        const append = handle.appendFile.bind(handle);
        handle.appendFile = async (data) => {
          const text = data as string;
          if (!isFull) return append(text);
          await append(text.slice(0, text.length - 40));
          throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
        };
        return handle;
      };
      await scene.write();
      await scene.write();
      const shipper = shipperOf(scene, file, seal, openFull);
      shipper.start();
      await shipper.settled();
      const facts = readAuditFacts(scene.state);
      t.match(facts?.shipped['file'], { entry: 6, problem: 'audit-unshipped', behind: 2 });
      const [copy, ...others] = shippingsOf(facts, { file });
      t.strictSame(others, []);
      t.match(copy, { to: 'file', entry: 6, behind: 2, failing: { problem: 'audit-unshipped' } });
      const since = copy?.failing?.since;
      t.equal(since, new Date(clock.now()).toISOString());
      t.equal(auditHealth(facts, copy === undefined ? [] : [copy]), 'warning');
      t.equal(auditHealth(facts, shippingsOf(facts, {})), 'ok', 'what is not configured any more is none');
      t.match(
        auditLines(facts, shippingsOf(facts, { file })).join('\n'),
        /! Auditoria: a cópia para o arquivo não sai desde .* \(audit-unshipped\); vai até o registro 6, faltam 2 registros, o primeiro de /,
      );
      await scene.write();
      clock.pass(2000);
      await shipper.settled();
      t.match(told(), { problem: 'audit-unshipped', failed: since }, 'since the first time');
      isFull = false;
      clock.pass(60_000);
      await shipper.settled();
      await shipper.stop();
      t.match(told(), { entry: 9, problem: null, failed: null, behind: 0 });
      t.equal(new Set(numbers()).size, numbers().length, 'none twice');
      t.match(await verdict(), { entries: 9, last: { id: 9 }, faults: [] });
    },
  );

  await t.test(
    'moved away it is begun anew, behind what it had; of another base, or for others to read, it is not touched',
    async (t) => {
      const away = join(folder, 'auditoria-1.jsonl');
      renameSync(file, away);
      await scene.write();
      await scene.sign();
      await ship(scene, file, seal);
      t.strictSame(numbers(), [10]);
      t.match(await verdict(), { entries: 1, after: 9, signed: { id: 10 }, faults: [] });
      for (const spoil of [
        () => chmodSync(file, 0o640),
        () =>
          writeFileSync(file, readFileSync(away, 'utf8').replace(scene.baseId, 'another'), { mode: 0o600 }),
      ]) {
        rmSync(file);
        renameSync(away, file);
        writeFileSync(away, readFileSync(file), { mode: 0o600 });
        spoil();
        const before = readFileSync(file, 'utf8');
        await ship(scene, file, seal);
        t.equal(readFileSync(file, 'utf8'), before);
        t.match(told(), { problem: 'audit-unshipped' });
      }
    },
  );

  await t.test('what was cut off or written anew before it was signed, the copy tells', async (t) => {
    const { base } = scene;
    rmSync(file);
    clock.pass(hour);
    scene.memory = new AuditMemory(`${scene.state}-2`, scene.baseId);
    await scene.write();
    await ship(scene, file, seal);
    t.match(await compareAudit(base, scene.baseId, file), { same: 11, differ: 0, later: 0 });
    await scene.tamper('DELETE FROM acesso.auditoria WHERE numero = 11');
    await scene.write();
    await scene.write();
    t.match(await compareAudit(base, scene.baseId, file), {
      ...{ same: 10, differ: 1, later: 1, differing: [{ id: 11, fault: 'changed' }] },
    });
  });

  await t.test(
    'a base that has fewer entries than were shipped, as one that was put back, is told of',
    async (t) => {
      await scene.tamper('DELETE FROM acesso.auditoria WHERE numero > 5');
      const before = readFileSync(file, 'utf8');
      await scene.write();
      await ship(scene, file, seal);
      t.match(told(scene.memory), { problem: 'audit-unshipped', behind: 0 });
      t.equal(readFileSync(file, 'utf8'), before, 'under numbers that were others nothing goes');
    },
  );
}

function shipperOf(
  { base, baseId, memory, clock }: AuditScene,
  file: string,
  seal: Seal,
  openFile?: (name: string) => Promise<FileHandle>,
): AuditShipper {
  const destination = new FileDestination(file, baseId, openFile);
  return new AuditShipper({ base, baseId, destination, memory, seal, clock, log });
}

/** As a service that starts, ships what there is, and ends. */
async function ship(scene: AuditScene, file: string, seal: Seal): Promise<void> {
  const shipper = shipperOf(scene, file, seal);
  shipper.start();
  await shipper.stop();
}
