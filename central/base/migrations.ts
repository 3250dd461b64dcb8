import { askedLetters } from './access-layer/asked-letters-migration.ts';
import { centralInForce } from './access-layer/central-migration.ts';
import { helpRequests } from './access-layer/help-requests-migration.ts';
import { signInIndexes } from './access-layer/index-migration.ts';
import { access } from './access-layer/migration.ts';
import { outbox } from './access-layer/outbox-migration.ts';
import { recertification } from './access-layer/recertification-migration.ts';
import { requests } from './access-layer/requests-migration.ts';
import { structures } from './access-layer/structures-migration.ts';
import { unconfirmedRequests } from './access-layer/unconfirmed-requests-migration.ts';
import { withdrawnProposals } from './access-layer/withdrawn-proposals-migration.ts';
import { answers, codeMaps, linkDecisions, orders } from './decided-layer/migrations.ts';
import { comparedForms, linkage } from './national-layer/linkage-migration.ts';
import { failures, figures, national } from './national-layer/migrations.ts';
import { network } from './national-layer/network-migration.ts';
import { persons } from './national-layer/persons-migration.ts';
import { searchIndex } from './national-layer/search-migration.ts';
import {
  agreements,
  departures,
  forgottenRows,
  published,
  sourceRules,
} from './published-layer/migrations.ts';
import {
  bookkeeping,
  copiesAndQuarantine,
  forgetting,
  forgottenOfPages,
  publishedJobs,
  tracing,
} from './source-layer/migrations.ts';

/**
 * The migrations of all layers, in the one order in which every base has had them: the place of one, from 1 on, is the
 * version that it leads to. What each does stands with its layer. Only ever added to, at the end.
 */
export const migrations: readonly string[] = [
  ...[bookkeeping, copiesAndQuarantine, publishedJobs],
  ...[tracing, published, answers],
  ...[codeMaps, national],
  ...[forgetting, orders, forgottenRows],
  ...[figures, failures, forgottenOfPages],
  ...[linkage, linkDecisions],
  ...[persons, comparedForms, access],
  ...[agreements, searchIndex, network],
  ...[signInIndexes, outbox, departures],
  ...[askedLetters, recertification, helpRequests],
  ...[requests],
  ...[structures],
  ...[centralInForce],
  ...[withdrawnProposals],
  ...[unconfirmedRequests],
  ...[sourceRules],
];
