import type { ConsoleRoute } from '../route.ts';
import { auditChainRoute } from './chain-route.ts';
import { auditEntryRoute } from './entry-route.ts';
import { auditListRoutes } from './list-routes.ts';
import { ownLooksRoute } from './own-route.ts';

/** What was looked at: all of it for auditors, one's own for everybody. */
export const auditRoutes: readonly ConsoleRoute[] = [
  ...auditListRoutes,
  auditChainRoute,
  auditEntryRoute,
  ownLooksRoute,
];
