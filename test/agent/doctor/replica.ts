import type { Test } from 'tap';
import { checkReplica } from '../../../shared/doctor/source/check-replica.ts';
import type { ReplicaFacts } from '../../../shared/sources/engine.ts';

const session = { product: 'PostgreSQL 15', encryption: null, timeZone: 'UTC', characterSet: 'UTF8' };
const clock = { clock: '2026-05-04T03:00:00Z', machineClock: 0 };

function told(replica?: ReplicaFacts | 'possible') {
  const value = { ...session, ...clock, ...(replica === undefined ? {} : { replica }) };
  return checkReplica({ session: { kind: 'done', value } });
}

/** What is told of a database that follows another one. */
export async function replica(t: Test): Promise<void> {
  const replayed = '2026-05-04T01:59:59.123456Z';
  t.match(told(), [{ health: 'ok', message: 'o banco não diz ser uma' }]);
  t.match(told('possible'), [{ health: 'ok', message: /réplica.*overlapSeconds/ }]);
  t.match(told({ replayed, isConnected: true, behindSeconds: 0 }), [
    { health: 'ok', message: /recebe do primário; aplicado até 03\/05\/2026, 22:59:59$/ },
  ]);
  t.match(told({ replayed, isConnected: true, behindSeconds: 301 }), [
    { health: 'warning', message: /atrasada/, next: /primário/ },
  ]);
  t.match(told({ replayed, isConnected: false, behindSeconds: 10 }), [
    { health: 'warning', message: /não está recebendo do primário: aplicado até 03\/05\/2026/ },
  ]);
  t.match(told({ replayed, isConnected: false, behindSeconds: 86_400 }), [{ health: 'critical' }]);
  t.match(told({ replayed: null, isConnected: false, behindSeconds: 0 }), [
    { health: 'critical', message: /nada aplicado desde que iniciou/ },
  ]);
}
