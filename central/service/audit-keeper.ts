import { GuaritaError } from '../../shared/errors.ts';
import { isLoopback } from '../../shared/loopback.ts';
import { sealFor } from '../audit/seal.ts';
import type { Destination } from '../audit/ship/destination.ts';
import { FileDestination } from '../audit/ship/file.ts';
import { SyslogDestination } from '../audit/ship/syslog.ts';
import { auditBase } from '../base/access-layer/audit.ts';
import type { AuditConfig } from '../console/config.ts';
import { centralIdentities } from '../identities.ts';
import { AuditMemory } from '../state/audit-memory.ts';
import { AuditHeads } from './audit-heads.ts';
import { AuditShipper } from './audit-shipper.ts';
import type { Central } from './open-central.ts';

/**
 * Keeps the audit of all consoles as long as central is in service: signs it and ships it.
 * Throws `config-invalid` where it would be shipped in clear over a network, `key-unreadable`.
 */
export async function keepAudit({
  base,
  config,
  clock,
  log,
}: Pick<Central, 'base' | 'config' | 'clock' | 'log'>): Promise<{ close(): Promise<void> }> {
  const { audit } = config.console;
  const baseId = await base.snapshot((questions) => auditBase(questions), { use: 'pages' });
  const memory = new AuditMemory(config.state, baseId);
  const seal = audit.key === undefined ? null : await sealFor(audit.key);
  const destinations = destinationsOf(audit, baseId, () => clock.now());
  const shippers = destinations.map(
    (destination) => new AuditShipper({ base, baseId, destination, memory, seal, clock, log }),
  );
  const heads = new AuditHeads({
    ...{ base, baseId, memory, clock, log },
    keys: async () => {
      const identities = centralIdentities(config);
      const retired = identities.retired().map(({ key }) => key);
      return { current: (await identities.current()).key, retired };
    },
  });
  heads.start();
  for (const shipper of shippers) shipper.start();
  return {
    async close() {
      await heads.stop();
      for (const shipper of shippers) await shipper.stop();
    },
  };
}

function destinationsOf({ file, syslog }: AuditConfig, baseId: string, now: () => number): Destination[] {
  if (syslog?.tls === false && !isLoopback(syslog.host)) {
    throw new GuaritaError('config-invalid', 'console.audit.syslog: sem TLS, só loopback (127.0.0.1).');
  }
  return [
    ...(file === undefined ? [] : [new FileDestination(file, baseId)]),
    ...(syslog === undefined ? [] : [new SyslogDestination(syslog, now)]),
  ];
}
