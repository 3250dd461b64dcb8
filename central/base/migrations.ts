import { answers } from './decided-layer/migrations.ts';
import { published } from './published-layer/migrations.ts';
import { bookkeeping, copiesAndQuarantine, publishedJobs, tracing } from './source-layer/migrations.ts';

/**
 * The migrations of all layers, in the one order in which every base has had them: the place of one, from 1 on, is the
 * version that it leads to. What each does stands with its layer. Only ever added to, at the end.
 */
export const migrations: readonly string[] = [
  ...[bookkeeping, copiesAndQuarantine, publishedJobs],
  ...[tracing, published, answers],
];
