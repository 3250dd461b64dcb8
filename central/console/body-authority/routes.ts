import Type from 'typebox';
import { cleanCpf } from '../../../shared/cleaning/documents/cpf.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { type BodyWithAuthority, bodiesWithAuthority } from '../../base/access-layer/authorities.ts';
import { isCentral } from '../../base/access-layer/bodies.ts';
import { mailOf } from '../../base/access-layer/people.ts';
import type { Base } from '../../base/base.ts';
import type { Role } from '../access/roles.ts';
import { idParams } from '../ids.ts';
import { addressOf } from '../pre-registration/address.ts';
import { isSamePerson } from '../pre-registration/same-person.ts';
import { type ConsoleRoute, route } from '../route.ts';
import { authoritiesPage, authorityFormPage, type TypedAuthority } from './page.ts';
import { putInOffice } from './put-in-office.ts';

const title = 'Autoridades dos órgãos';
const needs = { who: 'member', roles: ['cadastrador-estruturas'] as readonly Role[] } as const;
const text = (maxLength: number) => Type.String({ default: '', maxLength });

const list = route({
  ...needs,
  method: 'GET',
  path: '/autoridades',
  query: Type.Object({ feito: Type.Optional(Type.String({ maxLength: 20 })) }),
  answer: async ({ base, query: { feito }, place }) => {
    const bodies = await seenFrom(base, place.id);
    return { title, main: authoritiesPage(bodies, feito === 'sim') };
  },
});

const show = route({
  ...needs,
  method: 'GET',
  path: '/orgaos/:id/autoridade',
  params: idParams,
  answer: async ({ base, params, place, formToken: token }) => {
    const body = await found(base, params.id, place.id);
    return {
      title,
      main: authorityFormPage({ body, token, typed: { nome: '', cargo: '', email: '', cpf: '' } }),
    };
  },
});

const set = route({
  ...needs,
  method: 'POST',
  path: '/orgaos/:id/autoridade',
  params: idParams,
  form: Type.Object({ nome: text(400), cargo: text(400), email: text(400), cpf: text(100) }),
  answer: async ({ base, params, form: typed, session, place, formToken: token, now }) => {
    const body = await found(base, params.id, place.id);
    const read = readAuthority(typed);
    if ('faults' in read) {
      return { title, status: 422, main: authorityFormPage({ body, token, typed, faults: read.faults }) };
    }
    // Whoever could put themselves there would say yes to whomever they like.
    const own = await base.snapshot((questions) => mailOf(questions, session.person.id), { use: 'pages' });
    if (isSamePerson({ cpf: session.person.cpf, email: own }, read.authority)) {
      throw new GuaritaError('own-doing');
    }
    return {
      act: async (tx) => {
        const put = await putInOffice(tx, { ...read.authority, body: body.id, by: session.person.id }, now);
        if (put === 'ended') throw new GuaritaError('done-already');
        return {
          goTo: '/autoridades?feito=sim',
          event: { event: 'authority-set', of: body.id, ...put },
        };
      },
    };
  },
});

/** Who answers for each body, and says yes to whoever asks for access in it. */
export const bodyAuthorityRoutes: readonly ConsoleRoute[] = [list, show, set];

/** Their own, and from the central body all. */
function seenFrom(base: Base, from: string): Promise<BodyWithAuthority[]> {
  return base.snapshot(
    async (questions) => {
      const all = await bodiesWithAuthority(questions);
      return (await isCentral(questions, from)) ? all : all.filter(({ id }) => id === from);
    },
    { use: 'pages' },
  );
}

/** Throws `page-unknown` also of one that is not theirs to see. */
async function found(base: Base, id: string, from: string): Promise<BodyWithAuthority> {
  const body = (await seenFrom(base, from)).find((one) => one.id === id);
  if (body === undefined) throw new GuaritaError('page-unknown');
  return body;
}

function readAuthority(typed: TypedAuthority) {
  const [name, office] = [tidied(typed.nome), tidied(typed.cargo)];
  const [email, cpf] = [addressOf(typed.email), cleanCpf(typed.cpf, () => {})];
  const faults = {
    ...(!/^\p{L}.*\s.*\p{L}/u.test(name) && { nome: 'Escreva o nome completo.' }),
    ...(office === '' && { cargo: 'Escreva o cargo.' }),
    ...(email === null && { email: 'Confira o e-mail: falta algo, ou há um caractere que não pode.' }),
    ...(cpf === null && { cpf: 'Confira o CPF: são onze números, e um deles está errado ou falta.' }),
  };
  if (email === null || cpf === null || Object.keys(faults).length > 0) return { faults };
  return { authority: { name, office, email, cpf } };
}

function tidied(typed: string): string {
  return typed.normalize('NFC').replace(/\s+/g, ' ').trim();
}
