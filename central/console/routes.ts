import { alarmsRoutes } from './alarms/route.ts';
import { emergenciesRoutes } from './emergencies/route.ts';
import { helpRoutes } from './help/route.ts';
import { homeRoute } from './home/route.ts';
import { purposeRoutes } from './purpose/route.ts';
import type { ConsoleRoute } from './route.ts';

/** All pages of the console, and what is done by its forms; each capability has its own in its folder. */
export const routes: readonly ConsoleRoute[] = [
  ...alarmsRoutes,
  ...emergenciesRoutes,
  ...helpRoutes,
  homeRoute,
  ...purposeRoutes,
];
