import type { ClientBase } from 'pg';

/** A first look at the server: what may be asked of it next. */
export interface ServerLook {
  /** Its clock, as an ISO 8601 instant in UTC. */
  readonly clock: string;
  readonly isReplica: boolean;
  /** Whether `pg_control_system()` may be asked. */
  readonly maySeeSystem: boolean;
  /** Whether `pg_control_checkpoint()` may be asked. */
  readonly maySeeCheckpoint: boolean;
}

/** By itself: a statement that only names a function is refused, whether it comes to calling it or not. */
export async function lookAtServer(client: ClientBase): Promise<ServerLook> {
  const { rows } = await client.query<ServerLook>(`
    SELECT ${instantText('clock_timestamp()')} AS clock, pg_is_in_recovery() AS "isReplica",
           has_function_privilege('pg_control_system()', 'EXECUTE') AS "maySeeSystem",
           has_function_privilege('pg_control_checkpoint()', 'EXECUTE') AS "maySeeCheckpoint"`);
  return rows[0] ?? { clock: '', isReplica: false, maySeeSystem: false, maySeeCheckpoint: false };
}

/** SQL: an instant as ISO 8601 in UTC, in full. */
export function instantText(expression: string): string {
  return `to_char((${expression}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}
