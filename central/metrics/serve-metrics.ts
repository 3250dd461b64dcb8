import type { Logger } from '../../shared/log.ts';
import { listenForMetrics } from '../../shared/metrics-listener.ts';
import type { SourceResult } from '../collect/collect-source.ts';
import type { CentralConfig } from '../config.ts';
import { readFactsOf } from '../service/read-facts.ts';
import { readAuditFacts } from '../state/audit-memory.ts';
import { shippingsOf } from '../status/audit-shipping.ts';
import { statusReport } from '../status/report.ts';

/** Central's metrics while it serves; does nothing where they are off. */
export interface ServedMetrics {
  /** Null when they are off. */
  readonly url: string | null;
  runEnded(result: SourceResult): void;
  close(): Promise<void>;
}

const off: ServedMetrics = { url: null, runEnded: () => undefined, close: () => Promise.resolve() };

/**
 * @param present the configuration with the sources that are known when it is called
 * Throws `address-in-use`.
 */
export async function serveMetrics(present: () => CentralConfig, log: Logger): Promise<ServedMetrics> {
  const { host, port } = present().metrics;
  if (port === undefined) return off;
  // Whoever does not use them does not pay for them in memory.
  const { CentralMetrics } = await import('./central-metrics.ts');
  const page = new CentralMetrics(
    () => {
      const config = present();
      return statusReport(readFactsOf(config.state, config.sources), config, new Date());
    },
    () => {
      const { state, console } = present();
      const facts = readAuditFacts(state);
      return { facts, shippings: shippingsOf(facts, console.audit) };
    },
  );
  const listener = await listenForMetrics({ host, port, page, log });
  return {
    url: listener.url,
    runEnded: (result) => page.runEnded(result),
    close: () => listener.close(),
  };
}
