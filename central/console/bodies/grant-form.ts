import Type from 'typebox';
import { lastInstantOf } from '../../../shared/act.ts';
import { boundsOf, dayOf, dayText, readDay } from '../../../shared/day.ts';
import { standardViews } from '../../../shared/dictionary/standard-views.ts';
import type { GrantTerms } from '../../base/access-layer/grant-proposals.ts';
import { sensitive } from '../../base/sight/sensitive.ts';
import { grantFault, type NamedInGrant } from '../access/grant-terms.ts';
import { purposes } from '../access/purposes.ts';
import { readReason } from '../purpose/reason.ts';
import { chosen, typedText } from './asked.ts';

const views = standardViews.map(({ name }) => name);
/** What is chosen by checking it, each a field of its own. */
export const checked = {
  views: views.map((code) => ({ field: `visao-${code}`, code })),
  sensitive: Object.keys(sensitive).map((code) => ({ field: `sensivel-${code}`, code })),
  purposes: Object.keys(purposes).map((code) => ({ field: `finalidade-${code}`, code })),
} as const;

const fields = Object.values(checked).flatMap((those) => those.map(({ field }) => field));
const texts = ['acordo', 'ufs', 'ocultos', 'cota-pessoa', 'cota-orgao', 'desde', 'ate', 'motivo'] as const;

/** As it is sent; `substitui` is the grant in whose place it comes. */
export const grantFormSchema = Type.Object({
  ...Object.fromEntries([...fields, ...texts].map((name) => [name, typedText])),
  substitui: chosen,
});

export type TypedGrant = Readonly<Record<string, string>>;

/** To which field what is wrong with a grant belongs. */
const fieldOf = {
  ...{ views: 'visoes', sensitive: 'sensiveis', purposes: 'finalidades' },
  ...{ hidden: 'ocultos', states: 'ufs' },
} as const satisfies Record<keyof NamedInGrant, string>;

/** The grant that somebody typed, with why, or what is wrong with it by field, in the order of the form. */
export function readGrant(
  typed: TypedGrant,
  now: Date,
):
  | { readonly terms: GrantTerms; readonly reason: string }
  | { readonly faults: Readonly<Record<string, string>> } {
  const named = {
    views: checkedIn(typed, checked.views),
    sensitive: checkedIn(typed, checked.sensitive),
    purposes: checkedIn(typed, checked.purposes),
    states: listed(typed['ufs']).map((one) => one.toUpperCase()),
    hidden: listed(typed['ocultos']),
  };
  const agreement = (typed['acordo'] ?? '').replace(/\s+/g, ' ').trim();
  const quotas = { person: quota(typed['cota-pessoa']), body: quota(typed['cota-orgao']) };
  const [from, to] = [readDay(typed['desde'] ?? ''), readDay(typed['ate'] ?? '')];
  const reason = readReason(typed['motivo'] ?? '');
  const wrong = grantFault(named);
  const until = to === null ? null : lastInstantOf(to);
  const faults = {
    ...(agreement === '' && { acordo: 'Escreva o número do acordo.' }),
    ...(agreement.length > 200 && { acordo: 'Escreva no máximo 200 caracteres.' }),
    ...(wrong !== null && { [fieldOf[wrong.field]]: wrong.words }),
    ...(quotas.person === null && { 'cota-pessoa': quotaFault }),
    ...(quotas.body === null && { 'cota-orgao': quotaFault }),
    ...(from === null && { desde: dayFault }),
    // What it replaces ends when it is confirmed: between both the body would see nothing.
    ...(from !== null && typed['substitui'] && from > dayOf(now) && { desde: placeFault }),
    ...(until === null && { ate: dayFault }),
    ...(until !== null && until <= now && { ate: 'Este dia já passou.' }),
    ...(from !== null && to !== null && to < from && { ate: 'O fim vem antes do início.' }),
    ...('fault' in reason && { motivo: reason.fault }),
  };
  if (Object.keys(faults).length > 0 || 'fault' in reason) return { faults };
  if (quotas.person === null || quotas.body === null || from === null || until === null) return { faults };
  return {
    terms: {
      ...{ ...named, agreement, personQuota: quotas.person, bodyQuota: quotas.body },
      ...{ from: boundsOf(from).from, until: until.toISOString() },
    },
    reason: reason.words,
  };
}

const quotaFault = 'Escreva um número de 1 a 1000000.';
const placeFault = 'Uma que fica no lugar de outra começa quando for confirmada: escreva o dia de hoje.';
const dayFault = 'Escreva o dia como 29/05/2026.';

function quota(typed = ''): number | null {
  const number = /^\d{1,7}$/.test(typed.trim()) ? Number(typed) : 0;
  return number >= 1 && number <= 1_000_000 ? number : null;
}

function listed(typed = ''): readonly string[] {
  return [...new Set(typed.split(/[\s,;]+/).filter((one) => one !== ''))];
}

function checkedIn(typed: TypedGrant, those: readonly { readonly field: string; readonly code: string }[]) {
  return those.filter(({ field }) => typed[field] === 'sim').map(({ code }) => code);
}

/** What the form has in it where a grant is to be changed; a new one begins today and names nothing. */
export function typedOf(grant: GrantTerms | null, now: Date): TypedGrant {
  if (grant === null) return { desde: dayText(dayOf(now)), 'cota-pessoa': '100', 'cota-orgao': '1000' };
  const sim = (kind: keyof typeof checked, codes: readonly string[]) =>
    checked[kind].filter(({ code }) => codes.includes(code)).map(({ field }) => [field, 'sim']);
  return {
    ...Object.fromEntries([
      ...sim('views', grant.views),
      ...sim('sensitive', grant.sensitive),
      ...sim('purposes', grant.purposes),
    ]),
    ...{ acordo: grant.agreement, ufs: grant.states.join(', '), ocultos: grant.hidden.join('\n') },
    ...{ 'cota-pessoa': String(grant.personQuota), 'cota-orgao': String(grant.bodyQuota) },
    ...{ desde: dayText(dayOf(now)), ate: dayText(dayOf(new Date(grant.until))) },
  };
}
