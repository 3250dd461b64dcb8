import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import Value from 'typebox/value';
import { headSchema } from '../../shared/journal/entry.ts';
import { writePrivateFile } from '../../shared/private-file.ts';

const shippedSchema = Type.Object({
  /** The last entry, and that of the last head, that is surely there. */
  entry: Type.Integer({ minimum: 0 }),
  head: Type.Integer({ minimum: 0 }),
  /** Entries that were still to be shipped when it was last tried, and when the first of them was written. */
  behind: Type.Integer({ minimum: 0 }),
  since: Type.Union([Type.String(), Type.Null()]),
  /** Why it could not be; the code of a problem. */
  problem: Type.Union([Type.String(), Type.Null()]),
  /** Since when it could not. Not known of what an older version wrote down. */
  failed: Type.Optional(Type.Union([Type.String(), Type.Null()])),
});
export type Shipped = Static<typeof shippedSchema>;

const memorySchema = Type.Object({
  /** Of the base whose audit it is. */
  base: Type.String(),
  /** What was signed last: a chain that does not go on from there is not signed. */
  signed: Type.Union([headSchema, Type.Null()]),
  /** When that was looked at last, and what was wrong. */
  checked: Type.Union([Type.String(), Type.Null()]),
  fault: Type.Union([
    Type.Object({ id: Type.Integer(), fault: Type.String(), since: Type.String() }),
    Type.Null(),
  ]),
  shipped: Type.Record(Type.String(), shippedSchema),
});
export type AuditFacts = Static<typeof memorySchema>;

export function auditMemoryFile(state: string): string {
  return join(state, 'audit.json');
}

/** What central remembers of the audit, apart from the base; null where it does not, or cannot be read. */
export function readAuditFacts(state: string): AuditFacts | null {
  try {
    const facts: unknown = JSON.parse(readFileSync(auditMemoryFile(state), 'utf8'));
    return Value.Check(memorySchema, facts) ? facts : null;
  } catch {
    return null;
  }
}

/**
 * What central remembers of the audit in its own folder, where whoever has the base does not get at it: what it signed
 * last, and how far it has shipped. Of another base it remembers nothing.
 */
export class AuditMemory {
  readonly #state: string;
  #facts: AuditFacts;

  constructor(state: string, base: string) {
    this.#state = state;
    const known = readAuditFacts(state);
    this.#facts =
      known?.base === base ? known : { base, signed: null, checked: null, fault: null, shipped: {} };
  }

  get facts(): AuditFacts {
    return this.#facts;
  }

  /** Throws `state-unwritable`; then it is remembered until the process ends. */
  change(changed: Partial<Omit<AuditFacts, 'base'>>): void {
    this.#facts = { ...this.#facts, ...changed };
    writePrivateFile(auditMemoryFile(this.#state), `${JSON.stringify(this.#facts)}\n`);
  }

  shippedTo(name: string): Shipped {
    return this.#facts.shipped[name] ?? { entry: 0, head: 0, behind: 0, since: null, problem: null };
  }

  /** Throws the same. */
  changeShipped(name: string, changed: Partial<Shipped>): void {
    const before = this.shippedTo(name);
    this.change({ shipped: { ...this.#facts.shipped, [name]: { ...before, ...changed } } });
  }
}
