import type { Stage } from '../../../central/base/access-layer/sessions.ts';
import type { Role } from '../../../central/console/access/roles.ts';
import type { ConsoleScene } from '../scene.ts';

/** A page that is opened, looked at and photographed; each page of the console has its line below. */
export interface ListedPage {
  /** Of its pictures. */
  readonly name: string;
  /** Within a case where `onCase` says so: then it is below `/caso/3`, or `isBeside` of it. */
  readonly path: string;
  /** Of who opens it; null: nobody has signed in. */
  readonly roles: readonly Role[] | null;
  readonly onCase?: 'case' | 'emergency';
  readonly isBeside?: boolean;
  /** How far they have signed in, where it is not all the way. */
  readonly stage?: Stage;
  /** Makes what the page is about; it may say another path. Of who has not signed in, both ids are empty. */
  readonly before?: (scene: ConsoleScene, who: Somebody) => Promise<string | undefined>;
  /** Makes a request for access that the browser remembers. @returns its secret for that */
  readonly remembers?: (scene: ConsoleScene) => Promise<string>;
  readonly status?: number;
  /** How much its person may look at in a day, where it is little. */
  readonly quota?: number;
}

/** Who opens a page, by their ids. */
export interface Somebody {
  readonly person: string;
  readonly body: string;
}
