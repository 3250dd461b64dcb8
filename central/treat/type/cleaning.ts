import { rowCleaner } from '../../../shared/cleaning/clean-row.ts';
import { dictionaryMark } from '../../../shared/dictionary/dictionary-mark.ts';

/** How rows are cleaned, in a version: what another one made of them does not count. */
export interface Cleaning {
  readonly version: string;
  readonly rowCleaner: typeof rowCleaner;
}

/**
 * One more whenever cleaning or typing come to something else, which `test/treat/recorded` sees; then everything is
 * treated again.
 */
export const cleaningVersion = '2';

/** Another one by itself with the dictionary, too. */
export const thisCleaning: Cleaning = { version: `${cleaningVersion} ${dictionaryMark()}`, rowCleaner };
