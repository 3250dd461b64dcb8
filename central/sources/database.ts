import type { Agreement } from '../../shared/agreement/agreement.ts';
import type { Agreements } from '../../shared/agreement/agreements.ts';
import { GuaritaError } from '../../shared/errors.ts';
import type { Journal } from '../../shared/journal/journal.ts';
import type { Logger } from '../../shared/log.ts';
import type { Engine, SessionFacts } from '../../shared/sources/engine.ts';
import { GuardedSource } from '../../shared/sources/guarded-source.ts';
import type { BrokenView, ViewSource } from '../../shared/sources/view-source.ts';
import { ObservedSource } from './observed.ts';

export interface DatabaseOptions {
  /** Opens the engine; nothing is connected to before it is asked something. */
  readonly open: () => Promise<Engine>;
  /** Views that it is set to read and that the agreement does not name: told as such, never read. */
  readonly withheld: readonly string[];
  readonly allowWritable: boolean;
  readonly agreements: Pick<Agreements, 'require'>;
  readonly journal: Pick<Journal, 'event'>;
  readonly log: Logger;
  /** Throws for a session in which nothing may be read. */
  readonly requireSession: (session: SessionFacts) => void;
}

/**
 * A state's database that central reads itself (rules 1 and 5 of the work plan), as guarded as an agent's, and observed
 * in the place of receipts. Nothing is opened before it is asked something, nor outside of the agreement.
 */
export function openDatabase(options: DatabaseOptions): ViewSource {
  const { open, withheld, allowWritable, agreements, journal, log, requireSession } = options;
  const guarded = new GuardedSource({
    ...{ open, allowWritable, log },
    requireAgreement: (view) => requireView(view, agreements.require()),
    requireSession: (session) => {
      const { product, encryption, certificate = null } = session;
      journal.event({ event: 'session-opened', product, encryption, certificate });
      requireSession(session);
    },
  });
  return new ObservedSource(guarded, journal, withheld.map(notGranted));
}

/** Throws `view-not-granted` for a view that the agreement does not name. */
function requireView(view: string | null, { views }: Agreement): void {
  if (view === null || views.includes(view)) return;
  const { problem, detail } = notGranted(view);
  throw new GuaritaError(problem, detail);
}

function notGranted(name: string): BrokenView {
  return { name, problem: 'view-not-granted', detail: `Visão "${name}".` };
}
