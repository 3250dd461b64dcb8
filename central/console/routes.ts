import { accountRoutes } from './account/routes.ts';
import { alarmsRoutes } from './alarms/route.ts';
import { resendRoutes } from './approval/resend-routes.ts';
import { decisionRoutes } from './approval/routes.ts';
import { auditRoutes } from './audit/routes.ts';
import { blockedRoutes } from './blocked/routes.ts';
import { bodiesRoutes } from './bodies/routes.ts';
import { bodyRoutes } from './body/routes.ts';
import { bodyAuthorityRoutes } from './body-authority/routes.ts';
import { codesRoutes } from './codes/routes.ts';
import { emergenciesRoutes } from './emergencies/route.ts';
import { entryRoutes } from './entry/routes.ts';
import { findingsRoutes } from './findings/routes.ts';
import { heldRolesRoutes } from './held-roles/routes.ts';
import { helpRoutes } from './help/route.ts';
import { homeRoute } from './home/route.ts';
import { loginUnicoRoutes } from './login-unico/routes.ts';
import { networkRoutes } from './network/routes.ts';
import { passwordRoutes } from './password/routes.ts';
import { personRoutes } from './person/routes.ts';
import { preRegistrationRoutes } from './pre-registration/routes.ts';
import { purposeRoutes } from './purpose/route.ts';
import { recertificationRoutes } from './recertification/routes.ts';
import { reviewRoutes } from './review/routes.ts';
import type { ConsoleRoute } from './route.ts';
import { searchRoutes } from './search/route.ts';
import { secondFactorRoutes } from './second-factor/routes.ts';
import { statesRoutes } from './states/routes.ts';

/** All pages of the console, and what is done by its forms; each capability has its own in its folder. */
export const routes: readonly ConsoleRoute[] = [
  ...accountRoutes,
  ...alarmsRoutes,
  ...decisionRoutes,
  ...resendRoutes,
  ...auditRoutes,
  ...blockedRoutes,
  ...bodiesRoutes,
  ...bodyAuthorityRoutes,
  ...bodyRoutes,
  ...codesRoutes,
  ...emergenciesRoutes,
  ...entryRoutes,
  ...findingsRoutes,
  ...heldRolesRoutes,
  ...helpRoutes,
  homeRoute,
  ...loginUnicoRoutes,
  ...networkRoutes,
  ...passwordRoutes,
  ...personRoutes,
  ...preRegistrationRoutes,
  ...purposeRoutes,
  ...recertificationRoutes,
  ...reviewRoutes,
  ...searchRoutes,
  ...secondFactorRoutes,
  ...statesRoutes,
];
