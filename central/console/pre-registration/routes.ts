import type { ConsoleRoute } from '../route.ts';
import { accountRoutes } from './account-routes.ts';
import { askRoutes } from './ask-routes.ts';
import { authorityRoutes } from './authority-routes.ts';
import { linkRoutes } from './link-routes.ts';
import { ownRoutes } from './own-routes.ts';

/** How somebody asks for access, and who answers for a body says yes or no. */
export const preRegistrationRoutes: readonly ConsoleRoute[] = [
  ...accountRoutes,
  ...askRoutes,
  ...authorityRoutes,
  ...linkRoutes,
  ...ownRoutes,
];
