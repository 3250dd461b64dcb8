import { auditRoutes } from './audit/routes.ts';
import { homeRoute } from './home/route.ts';
import { loginUnicoRoutes } from './login-unico/routes.ts';
import type { ConsoleRoute } from './route.ts';
import { secondFactorRoutes } from './second-factor/routes.ts';

/** All pages of the console, and what is done by its forms; each capability has its own in its folder. */
export const routes: readonly ConsoleRoute[] = [...auditRoutes, homeRoute];
