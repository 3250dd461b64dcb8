import { Gauge, type Registry } from 'prom-client';
import type { AuditFacts } from '../state/audit-memory.ts';
import type { Shipping } from '../status/audit-shipping.ts';

/** How the audit is, as central remembers it. */
export interface AuditReport {
  readonly facts: AuditFacts | null;
  readonly shippings: readonly Shipping[];
}

/** What Prometheus is told of the audit: how far it is signed, and how the copies of it stand that leave. */
export class AuditMetrics {
  readonly #signed: Gauge;
  readonly #broken: Gauge;
  readonly #shipped: Gauge<'destination'>;
  readonly #unshipped: Gauge<'destination'>;
  readonly #lag: Gauge<'destination'>;
  readonly #failing: Gauge<'destination' | 'problem'>;

  constructor(registry: Registry) {
    const registers = [registry];
    const labelNames = ['destination'] as const;
    this.#signed = new Gauge({
      ...{ name: 'guarita_central_audit_signed_entry', registers },
      help: 'Number of the last entry of the audit that is signed.',
    });
    this.#broken = new Gauge({
      ...{ name: 'guarita_central_audit_broken', registers },
      help: 'Whether the audit is not what was signed: nothing more is signed then.',
    });
    this.#shipped = new Gauge({
      ...{ name: 'guarita_central_audit_shipped_entry', registers, labelNames },
      help: 'Number of the last entry that is surely at the destination, which "console.audit" names.',
    });
    this.#unshipped = new Gauge({
      ...{ name: 'guarita_central_audit_unshipped_entries', registers, labelNames },
      help: 'Entries that could not be shipped yet.',
    });
    this.#lag = new Gauge({
      ...{ name: 'guarita_central_audit_lag_seconds', registers, labelNames },
      help: 'Time since the first of them was written; 0 where there is none.',
    });
    this.#failing = new Gauge({
      ...{ name: 'guarita_central_audit_failing_timestamp_seconds', registers },
      labelNames: ['destination', 'problem'],
      help: 'Since when nothing can be shipped, and why; left out while it can.',
    });
  }

  set({ facts, shippings }: AuditReport, now: Date): void {
    for (const gauge of [this.#signed, this.#broken]) gauge.remove();
    for (const gauge of [this.#shipped, this.#unshipped, this.#lag, this.#failing]) gauge.reset();
    if (facts !== null) {
      this.#broken.set(facts.fault === null ? 0 : 1);
      if (facts.signed !== null) this.#signed.set(facts.signed.id);
    }
    for (const { to: destination, entry, behind, since, failing } of shippings) {
      this.#shipped.set({ destination }, entry ?? 0);
      this.#unshipped.set({ destination }, behind);
      const lag = since === null ? 0 : Math.max(0, (now.getTime() - Date.parse(since)) / 1000);
      this.#lag.set({ destination }, lag);
      if (failing === null) continue;
      const { problem } = failing;
      this.#failing.set({ destination, problem }, Date.parse(failing.since ?? now.toISOString()) / 1000);
    }
  }
}
