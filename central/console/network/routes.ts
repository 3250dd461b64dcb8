import type { ConsoleRoute } from '../route.ts';
import { chainRoute } from './chain-route.ts';
import { networkRoute } from './network-route.ts';

/** Who is linked with whom, and by what. */
export const networkRoutes: readonly ConsoleRoute[] = [networkRoute, chainRoute];
