import { hash } from 'node:crypto';
import { migrations } from '../../central/base/migrations.ts';

/** Names what was made by the migrations as they are. */
export const migrationsHash = (): string => hash('sha256', migrations.join(), 'hex').slice(0, 16);
