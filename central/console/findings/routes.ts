import type { ConsoleRoute } from '../route.ts';
import { findingRowRoutes } from './row-routes.ts';
import { findingStateRoutes } from './state-routes.ts';

/** What the rules found in each state's data, what the state should do, and how it goes. */
export const findingsRoutes: readonly ConsoleRoute[] = [...findingStateRoutes, ...findingRowRoutes];
