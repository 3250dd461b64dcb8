import { asGuaritaError } from '../../shared/errors.ts';
import { entryNamedIn, journalHeaderName, parseJournal } from '../../shared/protocol/journal-mark.ts';
import { versionOfPath } from '../../shared/protocol/version.ts';
import { componentsOf } from '../../shared/signing/signature-base.ts';

/** What was asked and told of the journal, by what was signed. */
export function readingOf(signatureBase: string) {
  const components = componentsOf(signatureBase);
  const target = components.get('"@target-uri";req') ?? '';
  const header = components.get(`"${journalHeaderName}"`);
  const version = URL.canParse(target) ? versionOfPath(new URL(target).pathname) : null;
  const reading = {
    asked: entryNamedIn(target),
    isNewest: (version ?? 0) > 1,
    isGiven: components.get('"@status"') === '200',
  };
  try {
    return { ...reading, told: header === undefined ? null : parseJournal(header), flaw: null };
  } catch (error) {
    return { ...reading, told: null, flaw: asGuaritaError(error) };
  }
}
