import type { ConsoleRoute } from '../route.ts';
import { decisionRoutes } from './decision-routes.ts';
import { pairRoutes } from './pair-routes.ts';
import { queueRoutes } from './queue-route.ts';

/** Who is who: pairs that people are asked about, what they say, and how it is undone. */
export const reviewRoutes: readonly ConsoleRoute[] = [...queueRoutes, ...decisionRoutes, ...pairRoutes];
