import { daysUntil } from '../../shared/act.ts';
import type { Logger } from '../../shared/log.ts';
import { certificateDaysLeft, certificateWarningDays } from '../../shared/signing/certificates.ts';
import type { AgentHome } from '../home.ts';

const day = 86_400_000;

/**
 * Says in the log, once a day, what is about to end: the agreement from 90 days before, the certificate from 60: by then the next one should be in
 * use, which takes a collection.
 * Returns a function to be called now and then. @param clock milliseconds since 1970
 */
export function reminders(home: AgentHome, log: Logger, clock: () => number = Date.now): () => void {
  let told = -1;
  return () => {
    const today = Math.floor(clock() / day);
    if (today === told) return;
    told = today;
    const agreement = home.agreements.find();
    if (agreement !== null && home.agreements.state() === 'active') {
      const { days, warning } = daysUntil(new Date(agreement.end), home.instant.now());
      if (warning !== null) log.warn({ act: agreement.number, days }, 'the agreement (ACT) is about to end');
    }
    const left = certificateDaysLeft(home.identity().certificate, new Date(clock()));
    if (left <= certificateWarningDays) {
      log.warn({ days: left }, 'the certificate is about to end: no collection has exchanged it');
    }
  };
}
