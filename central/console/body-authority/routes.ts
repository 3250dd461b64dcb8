import Type from 'typebox';
import { cleanCpf } from '../../../shared/cleaning/documents/cpf.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { type BodyWithAuthority, bodiesWithAuthority } from '../../base/access-layer/authorities.ts';
import type { Base } from '../../base/base.ts';
import type { Role } from '../access/roles.ts';
import { idParams } from '../ids.ts';
import { addressOf } from '../pre-registration/address.ts';
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
  answer: async ({ base, query: { feito } }) => {
    const bodies = await base.snapshot(bodiesWithAuthority, { use: 'pages' });
    return { title, main: authoritiesPage(bodies, feito === 'sim') };
  },
});

const show = route({
  ...needs,
  method: 'GET',
  path: '/orgaos/:id/autoridade',
  params: idParams,
  answer: async ({ base, params, formToken: token }) => {
    const body = await found(base, params.id);
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
  answer: async ({ base, params, form: typed, session, formToken: token, now }) => {
    const body = await found(base, params.id);
    const read = readAuthority(typed);
    if ('faults' in read) {
      return { title, status: 422, main: authorityFormPage({ body, token, typed, faults: read.faults }) };
    }
    // Whoever could put themselves there would say yes to whomever they like.
    if (read.authority.cpf === session.person.cpf) throw new GuaritaError('own-doing');
    return {
      act: async (tx) => {
        const put = await putInOffice(tx, { ...read.authority, body: body.id, by: session.person.id }, now);
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

async function found(base: Base, id: string): Promise<BodyWithAuthority> {
  const bodies = await base.snapshot(bodiesWithAuthority, { use: 'pages' });
  const body = bodies.find((one) => one.id === id);
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
