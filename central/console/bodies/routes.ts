import type { ConsoleRoute } from '../route.ts';
import { bodyRoutes } from './body-routes.ts';
import { collectionRoutes } from './collection-routes.ts';
import { grantRoutes } from './grant-routes.ts';
import { historyRoute } from './history-route.ts';
import { proposalRoutes } from './proposal-routes.ts';
import { structureRoutes } from './structure-routes.ts';
import { tieRoutes } from './tie-routes.ts';

/** Bodies and their structures, who works in which, and what each body may see. Nothing of anybody in custody. */
export const bodiesRoutes: readonly ConsoleRoute[] = [
  ...bodyRoutes,
  ...structureRoutes,
  ...tieRoutes,
  ...collectionRoutes,
  ...grantRoutes,
  ...proposalRoutes,
  historyRoute,
];
