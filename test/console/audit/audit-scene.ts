import { join } from 'node:path';
import type { Test } from 'tap';
import {
  appendAudit,
  auditBase,
  auditBlocks,
  type WrittenEntry,
} from '../../../central/base/access-layer/audit.ts';
import { auditHeads } from '../../../central/base/access-layer/audit-heads.ts';
import type { Base } from '../../../central/base/base.ts';
import { AuditHeads } from '../../../central/service/audit-heads.ts';
import { AuditMemory } from '../../../central/state/audit-memory.ts';
import type { SaltedEntry } from '../../../shared/journal/salted-terms.ts';
import { createLogger } from '../../../shared/log.ts';
import { generateKeyPair, type KeyPair } from '../../../shared/signing/keys.ts';
import { type TestBases, testFolder } from '../../support/bases.ts';
import { HandClock } from '../../support/hand-clock.ts';

export const hour = 60 * 60_000;
export const log = createLogger('silent', 'test');

/** An audit of its own, that central signs when the test says so. */
export interface AuditScene {
  readonly base: Base;
  readonly baseId: string;
  readonly clock: HandClock;
  readonly state: string;
  readonly keys: { current: KeyPair; retired: KeyPair[] };
  memory: AuditMemory;
  write(what?: {
    readonly terms?: Record<string, unknown> | null;
    readonly body?: object;
  }): Promise<WrittenEntry>;
  /** As a service that starts, signs, and ends. */
  sign(): Promise<void>;
  entries(): Promise<SaltedEntry[]>;
  heads(): ReturnType<typeof auditHeads>;
  /** As somebody who has the base: what its rules forbid is done all the same. */
  tamper(sql: string, parameters?: readonly unknown[]): Promise<void>;
}

export async function auditScene(t: Test, bases: TestBases, name: string): Promise<AuditScene> {
  const base = await bases.fresh(t, `audit_${name}`);
  const baseId = await base.snapshot((questions) => auditBase(questions));
  const state = join(testFolder(t), 'state');
  const clock = new HandClock();
  const keys = { current: generateKeyPair(), retired: [] as KeyPair[] };
  const scene: AuditScene = {
    ...{ base, baseId, clock, state, keys },
    memory: new AuditMemory(state, baseId),
    write: ({ terms = { words: 'fulano' }, body = {} } = {}) =>
      base.transaction((tx) =>
        appendAudit(
          tx,
          { kind: 'request', body: { person: null, body: null, ...body }, terms },
          new Date(clock.now()),
        ),
      ),
    async sign() {
      const { memory } = scene;
      const heads = new AuditHeads({ base, baseId, memory, clock, log, keys: () => Promise.resolve(keys) });
      heads.start();
      await heads.stop();
    },
    async entries() {
      const all: SaltedEntry[] = [];
      for await (const block of auditBlocks(base, 0)) all.push(...block);
      return all;
    },
    heads: () => base.snapshot((questions) => auditHeads(questions)),
    tamper: (sql, parameters = []) =>
      base.transaction(async (tx) => {
        for (const table of ['auditoria', 'auditoria_dia']) {
          await tx.execute(`ALTER TABLE acesso.${table} DISABLE TRIGGER USER`);
        }
        await tx.query(sql, parameters);
        for (const table of ['auditoria', 'auditoria_dia']) {
          await tx.execute(`ALTER TABLE acesso.${table} ENABLE TRIGGER USER`);
        }
      }),
  };
  return scene;
}
