import { homeRoute } from './home/route.ts';
import type { ConsoleRoute } from './route.ts';

/** All pages of the console, and what is done by its forms; each capability has its own in its folder. */
export const routes: readonly ConsoleRoute[] = [homeRoute];
