import { writtenMoment } from '../../../shared/day.ts';
import type { SessionFacts } from '../../base/access-layer/sessions.ts';
import { purposes } from '../access/purposes.ts';
import type { Allowed } from '../enforce.ts';
import { type Html, html } from '../html/html.ts';

interface Printed {
  readonly session: SessionFacts;
  readonly allowed: Allowed | null;
  readonly now: Date;
}

/** At the foot of each sheet of paper, and nowhere else: by whom and when the page was asked for, and why. */
export function printFoot({ session, allowed, now }: Printed): Html {
  const { place = null, case: onCase = null } = allowed ?? {};
  const where = place !== null && ` (${place.short})`;
  return html`<div class="so-impresso"><p>Aberto por <bdi>${session.person.name}</bdi>${where} em ${writtenMoment(now)}.${
    onCase !== null &&
    html` ${onCase.isEmergency && 'Emergência. '}Finalidade: ${purposes[onCase.purpose].name}, <bdi>${onCase.reference}</bdi>.`
  } Acesso restrito: não repasse.</p></div>`;
}
