import type { ViewName } from '../../../central/treat/rules/rows.ts';
import type { Scene } from './scene.ts';

/** What breaks a rule, and what nearly does. */
export interface Case {
  readonly rule: string;
  /** Of which view, where a rule looks at several. */
  readonly view?: ViewName;
  readonly breaks: Scene;
  /** What it then finds: `1` (an id), `1 column`, `AL 1`; the first row where it is not said. */
  readonly finds?: readonly string[];
  readonly nearly: readonly Scene[];
}
