import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import { exportedAudit } from '../../../central/audit/export.ts';
import { type FileEntry, readAuditFile } from '../../../central/audit/file.ts';
import { syslogMessage } from '../../../central/audit/ship/syslog-message.ts';
import { verifyAuditFile } from '../../../central/audit/verify-file.ts';
import { type TestBases, testFolder } from '../../support/bases.ts';
import { oddText } from '../../support/odd-text.ts';
import { runs } from '../../support/runs.ts';
import { auditScene } from './audit-scene.ts';

/** Whatever people have asked for: an export is a line each, and proves itself. */
export async function auditTexts(t: Test, bases: TestBases): Promise<void> {
  const scene = await auditScene(t, bases, 'texts');
  const { base, baseId } = scene;
  const texts = ['\u007f', ...fc.sample(oddText(), runs(15, 400))];
  for (const text of texts) await scene.write({ terms: { words: text }, body: { who: text } });
  await scene.sign();
  const now = new Date(scene.clock.now());
  const file = join(testFolder(t), 'audit.jsonl');
  const lines: string[] = [];
  for await (const line of exportedAudit({ base, baseId, from: null, until: null, reveal: true, now })) {
    lines.push(line);
  }
  for (const line of lines) t.equal(line.indexOf('\n'), line.length - 1);
  writeFileSync(file, lines.join(''));
  const read: FileEntry[] = [];
  for await (const line of readAuditFile(file)) {
    t.notOk('cut' in line);
    if (!('entry' in line)) continue;
    read.push(line.entry);
    t.match(syslogMessage(line, 'host', now).toString('latin1'), /^\d+ <110>[\x20-\x7e]+$/);
  }
  t.strictSame(
    read,
    (await scene.entries()).map(({ salt, terms, ...entry }) => ({ ...entry, salt, terms })),
  );
  t.equal(read.length, texts.length);
  t.match(await verifyAuditFile(file, [scene.keys.current]), { entries: texts.length, faults: [], cut: 0 });
}
