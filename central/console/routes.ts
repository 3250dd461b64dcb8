import { accountRoutes } from './account/routes.ts';
import { alarmsRoutes } from './alarms/route.ts';
import { auditRoutes } from './audit/routes.ts';
import { bodiesRoutes } from './bodies/routes.ts';
import { bodyRoutes } from './body/routes.ts';
import { codesRoutes } from './codes/routes.ts';
import { emergenciesRoutes } from './emergencies/route.ts';
import { entryRoutes } from './entry/routes.ts';
import { findingsRoutes } from './findings/routes.ts';
import { helpRoutes } from './help/route.ts';
import { homeRoute } from './home/route.ts';
import { loginUnicoRoutes } from './login-unico/routes.ts';
import { networkRoutes } from './network/routes.ts';
import { passwordRoutes } from './password/routes.ts';
import { personRoutes } from './person/routes.ts';
import { purposeRoutes } from './purpose/route.ts';
import { reviewRoutes } from './review/routes.ts';
import type { ConsoleRoute } from './route.ts';
import { searchRoutes } from './search/route.ts';
import { secondFactorRoutes } from './second-factor/routes.ts';
import { statesRoutes } from './states/routes.ts';

/** All pages of the console, and what is done by its forms; each capability has its own in its folder. */
export const routes: readonly ConsoleRoute[] = [
  ...accountRoutes,
  ...alarmsRoutes,
  ...auditRoutes,
  ...bodiesRoutes,
  ...bodyRoutes,
  ...codesRoutes,
  ...emergenciesRoutes,
  ...entryRoutes,
  ...findingsRoutes,
  ...helpRoutes,
  homeRoute,
  ...loginUnicoRoutes,
  ...networkRoutes,
  ...passwordRoutes,
  ...personRoutes,
  ...purposeRoutes,
  ...reviewRoutes,
  ...searchRoutes,
  ...secondFactorRoutes,
  ...statesRoutes,
];
