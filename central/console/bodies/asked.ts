import Type from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import { type Body, bodySeenFrom, registrars } from '../../base/access-layer/bodies.ts';
import type { Changing, Outcome } from '../../base/access-layer/body-changes.ts';
import type { Place } from '../../base/access-layer/sessions.ts';
import { type KnownStructure, structureOf } from '../../base/access-layer/structures.ts';
import type { Questions } from '../../base/base.ts';
import type { Role } from '../access/roles.ts';
import type { Html } from '../html/html.ts';
import { idText, isId } from '../ids.ts';
import type { LaterPage } from '../route.ts';

/** All who give access to others see the bodies: their own, and from the central one all. */
export const readers: readonly Role[] = registrars;
export const editors: readonly Role[] = ['cadastrador-estruturas'];
export const tiers: readonly Role[] = ['cadastrador-vinculador'];

export const structureParams = Type.Object({
  id: Type.String({ maxLength: 100 }),
  estrutura: Type.String({ maxLength: 100 }),
});

/** The form was made for this version of the body. */
export const versionField = { versao: Type.String({ pattern: '^[0-9]{1,9}$' }) };
export const typedText = Type.String({ default: '', maxLength: 2000 });
/** Of a list to choose from; empty: nothing. */
export const chosen = Type.Union([Type.Literal(''), idText], { default: '' });

/** What is known of who asks. */
export interface Viewer {
  readonly place: Pick<Place, 'id'>;
  readonly now: Date;
}

/** Throws `page-unknown` for what is no body, or is not for who asks. */
export async function seenBody(questions: Questions, id: string, { place, now }: Viewer): Promise<Body> {
  const body = isId(id) ? await bodySeenFrom(questions, { id, from: place.id }, now) : null;
  if (body === null) throw new GuaritaError('page-unknown');
  return body;
}

/** Throws `page-unknown`, too, for what is no structure of it. */
export async function seenStructure(
  questions: Questions,
  params: { readonly id: string; readonly estrutura: string },
  viewer: Viewer,
): Promise<{ readonly body: Body; readonly structure: KnownStructure }> {
  const body = await seenBody(questions, params.id, viewer);
  const structure = isId(params.estrutura) ? await structureOf(questions, body.id, params.estrutura) : null;
  if (structure === null) throw new GuaritaError('page-unknown');
  return { body, structure };
}

/** What somebody does to a body, by the form that they sent. */
export function changeBy(
  body: { readonly id: string },
  person: { readonly id: string },
  form: { readonly versao: string },
): Changing {
  return { body: body.id, version: Number(form.versao), by: person.id };
}

/** What somebody typed, and what was wrong with it, by the names of the fields. */
export interface Tried {
  readonly typed: Readonly<Record<string, string>>;
  readonly faults: Readonly<Record<string, string>>;
  /** Nothing was done: somebody else was first. */
  readonly hasChanged?: boolean;
}

export const untried: Tried = { typed: {}, faults: {} };

const words: Readonly<Record<Exclude<Outcome, null | 'changed' | 'ended'>, string>> = {
  unknown: 'Escolha uma da lista.',
  'within-itself': 'Uma estrutura não fica abaixo dela mesma, nem do que está abaixo dela.',
  'name-taken': 'Este nome já é de outra, no mesmo lugar.',
  'too-many': 'Já há tantas quantas podem estar abertas: encerre ou una alguma antes.',
  'too-deep': 'A árvore ficaria com níveis demais: escolha um lugar mais acima.',
  'has-children': 'Há estruturas abertas abaixo desta: mova-as, una-as ou encerre-as antes.',
  'has-people': 'Há pessoas nesta estrutura: mova-as ou encerre os vínculos antes.',
  'too-many-changes': 'Já houve mudanças demais neste órgão hoje: continue amanhã.',
  'short-taken': 'Esta sigla é, ou foi, de outro órgão.',
  'there-already': 'Já está assim.',
};

/** The page again, with what is in the way of what somebody wanted. @param field to which it belongs */
export function refused(
  outcome: Exclude<Outcome, null>,
  { title, field, typed }: { readonly title: string; readonly field: string; readonly typed: Tried['typed'] },
  again: (tried: Tried) => Promise<Html>,
): LaterPage {
  const page = (status: number, tried: Tried): LaterPage => ({
    page: async () => ({ title, status, main: await again(tried) }),
  });
  return outcome === 'changed' || outcome === 'ended'
    ? page(409, { ...untried, hasChanged: true })
    : page(422, { typed, faults: { [field]: words[outcome] } });
}

/** What a body, a structure or a collection may be called. */
export function readName(typed: string): { readonly name: string } | { readonly fault: string } {
  const name = typed.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (name.length > longestName) return { fault: `Escreva no máximo ${longestName} caracteres.` };
  return /\p{L}/u.test(name) ? { name } : { fault: 'Escreva o nome.' };
}

export const longestName = 150;
