import type { Logger } from '../../shared/log.ts';
import type { Base } from '../base/base.ts';
import type { Assets } from './html/assets.ts';
import type { ConsoleRoute } from './route.ts';
import type { Seal } from './seal.ts';
import type { SignIn } from './sign-in.ts';

/** What the console is made of. */
export interface ConsoleOptions {
  readonly base: Base;
  readonly log: Logger;
  readonly routes: readonly ConsoleRoute[];
  readonly assets: Assets;
  readonly seal: Seal;
  readonly clock?: () => Date;
  /** `https://console.gov.br`, as people's browsers know it: whatever comes from a page of another one is refused. */
  readonly origin: () => string;
  /** By what people enter, besides an account of this site; by nothing else where it is not said. */
  readonly signIn?: SignIn;
  /** Certificate and key (PEM); without them plain HTTP: on loopback, or behind a proxy that is trusted. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Proxies that are believed when they say for whom they ask (addresses or CIDR); none by itself. */
  readonly trustProxy?: readonly string[];
  /** Requests of one address in a minute. */
  readonly requestsPerMinute?: number;
  /** Of the names, for the model that linkage begins with (`treat.locale`); `pt-BR` where it is not said. */
  readonly locale?: string;
  /** Within how long somebody says whether what was called an emergency was one; 72 where it is not said. */
  readonly emergencyReviewHours?: number;
}
