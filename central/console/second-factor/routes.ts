import type { ConsoleRoute } from '../route.ts';
import { askRoutes } from './ask.ts';
import { mineRoutes } from './mine.ts';
import { registerRoutes } from './register.ts';

/** The second factor: asked for, registered, and what somebody has of them. */
export const secondFactorRoutes: readonly ConsoleRoute[] = [...askRoutes, ...registerRoutes, ...mineRoutes];
