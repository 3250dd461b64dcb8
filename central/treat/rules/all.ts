import { birthRules } from './births.ts';
import { custodyRules } from './custody.ts';
import { custodyBesideRules } from './custody-beside.ts';
import { custodyTermRules } from './custody-terms.ts';
import { episodeRules } from './episodes.ts';
import { futureRules } from './future.ts';
import { lawyerRules } from './lawyers.ts';
import { linkedPersonRules } from './linked-persons.ts';
import { linkRules } from './links.ts';
import { movementRules } from './movements.ts';
import { personRules } from './person.ts';
import { personDocumentRules } from './person-documents.ts';
import { photoRules } from './photos.ts';
import { processRules } from './processes.ts';
import { referenceRules } from './references.ts';
import type { Rule } from './rule.ts';
import { sentenceRules } from './sentences.ts';
import { sharedDocumentRules } from './shared-documents.ts';
import { unitRules } from './units.ts';
import { valueRules } from './values.ts';
import { visitRules } from './visits.ts';
import { volumeRules } from './volume.ts';

/** Every rule by which treatment judges what the states tell. */
export const rules: readonly Rule[] = [
  ...[...valueRules, ...referenceRules, ...personRules, ...personDocumentRules, ...sharedDocumentRules],
  ...linkedPersonRules,
  ...[...custodyRules, ...custodyBesideRules, ...custodyTermRules, ...unitRules, ...movementRules],
  ...[...processRules, ...sentenceRules, ...episodeRules, ...visitRules, ...linkRules, ...lawyerRules],
  ...[...birthRules, ...photoRules, ...futureRules, ...volumeRules],
];
