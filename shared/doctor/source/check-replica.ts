import { writtenInstant } from '../../day.ts';
import { ok, trouble } from '../check.ts';
import { toldAfter } from './attempt.ts';
import type { Facts } from './facts.ts';
import type { SourceCheck } from './names.ts';

/** Seconds. Every replica is behind by moments; what is behind by a day is not what the state has today. */
const behind = { warning: 300, critical: 86_400 } as const;

/** How far a replica follows its primary. Only PostgreSQL tells that; of MySQL it is seen that it takes no writes. */
export function checkReplica({ session }: Pick<Facts, 'session'>): readonly SourceCheck[] {
  return toldAfter(session, 'login', 'replica', null, ({ replica }) => {
    if (replica === undefined) return ok('replica', null, 'o banco não diz ser uma');
    if (replica === 'possible') {
      // It cannot be told, nor said away: a server may be read-only for good.
      return ok(
        'replica',
        null,
        'o banco só aceita leitura; se for uma réplica, confirme com o DBA que o atraso dela cabe em "overlapSeconds": o que chega depois só se acha na conferência completa',
      );
    }
    const { replayed, isConnected, behindSeconds } = replica;
    const last =
      replayed === null ? 'nada aplicado desde que iniciou' : `aplicado até ${writtenInstant(replayed)}`;
    if (isConnected && behindSeconds < behind.warning) {
      return ok('replica', null, `este banco é uma réplica e recebe do primário; ${last}`);
    }
    const message = isConnected
      ? `Este banco é uma réplica, atrasada em relação ao primário: ${last}.`
      : `Este banco é uma réplica e não está recebendo do primário: ${last}.`;
    const next =
      'Só segue à central o que já foi aplicado. Confira a replicação com o DBA (pg_stat_wal_receiver), ou aponte o endereço para o primário.';
    const isCritical = replayed === null || behindSeconds >= behind.critical;
    return trouble('replica', null, isCritical ? 'critical' : 'warning', message, next);
  });
}
