import Type from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import { openEmergency } from '../../base/access-layer/emergencies.ts';
import { isPurpose, type Purpose } from '../access/purposes.ts';
import { lookingRoles } from '../access/roles.ts';
import { destination } from '../case-path.ts';
import { type ConsoleRoute, route } from '../route.ts';
import { type EmergencyForm, emergencyPage } from './emergency-page.ts';
import { longestTyped, pathTo } from './parts.ts';
import { readReason } from './reason.ts';
import { readReference } from './reference.ts';

/** Stands for a reference that could not be had in time. */
const noReference = 'não informado';

const title = 'Emergência';

const declare = route({
  method: 'GET',
  path: '/finalidade/emergencia',
  who: 'member',
  roles: lookingRoles,
  query: Type.Object({ para: Type.String({ default: '', maxLength: longestTyped }) }),
  answer: async ({ query, place, formToken, emergencyReviewHours: hours }) => {
    requireGrant(place.grants);
    return { title, main: emergencyPage({ to: pathTo(query.para), hours, formToken }) };
  },
});

const begin = route({
  method: 'POST',
  path: '/finalidade/emergencia',
  who: 'member',
  roles: lookingRoles,
  form: Type.Object({
    finalidade: Type.String({ default: '', maxLength: 100 }),
    referencia: Type.String({ default: '', maxLength: longestTyped }),
    motivo: Type.String({ default: '', maxLength: longestTyped }),
    para: Type.String({ default: '', maxLength: longestTyped }),
  }),
  answer: async ({ form, session, place, now, formToken, emergencyReviewHours: hours }) => {
    requireGrant(place.grants);
    const to = pathTo(form.para);
    const read = readForm(form);
    if ('faults' in read) {
      const main = emergencyPage({ to, hours, formToken, typed: form, faults: read.faults });
      return { title, status: 422, main };
    }
    const { purpose, reference, reason } = read;
    const deadline = new Date(now.getTime() + hours * 60 * 60_000);
    const [body, person] = [place.id, session.person.id];
    const emergency = { body, person, purpose, reference, reason, deadline };
    return {
      act: async (tx) => {
        const { number, isNew } = await openEmergency(tx, session.id, emergency, now);
        const told = { opened: number, purpose, isNew, deadline: deadline.toISOString() };
        return {
          goTo: destination(number, to),
          event: { event: 'emergency-declared', ...told },
          said: { reference, reason },
        };
      },
    };
  },
});

/** A body without an agreement sees nobody in an emergency, either. */
function requireGrant(grants: readonly unknown[]): void {
  if (grants.length === 0) throw new GuaritaError('grant-lacking');
}

type Read =
  | { readonly purpose: Purpose; readonly reference: string; readonly reason: string }
  | { readonly faults: NonNullable<EmergencyForm['faults']> };

function readForm({
  finalidade: purpose,
  referencia,
  motivo,
}: Readonly<Record<'finalidade' | 'referencia' | 'motivo', string>>): Read {
  if (!isPurpose(purpose)) return { faults: { finalidade: 'Escolha uma finalidade.' } };
  const reason = readReason(motivo);
  const read = referencia.trim() === '' ? { reference: noReference } : readReference(purpose, referencia);
  if ('fault' in reason || 'fault' in read) {
    return {
      faults: {
        ...('fault' in reason && { motivo: reason.fault }),
        ...('fault' in read && { referencia: read.fault }),
      },
    };
  }
  return { purpose, reference: read.reference, reason: reason.words };
}

export const emergencyRoutes: readonly ConsoleRoute[] = [declare, begin];
