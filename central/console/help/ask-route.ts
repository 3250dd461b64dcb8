import { randomInt, randomUUID } from 'node:crypto';
import Type from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import { askLetter } from '../../base/access-layer/asked-letters.ts';
import { beginTry, type Target } from '../../base/access-layer/attempts.ts';
import { addHelpRequest, helpStateOf, longestRequest } from '../../base/access-layer/help-requests.ts';
import { mailOf } from '../../base/access-layer/people.ts';
import { networkOf } from '../address.ts';
import { placeOf } from '../enforce.ts';
import { type ConsoleRoute, route } from '../route.ts';
import { askedPage, askPage } from './ask-page.ts';

const title = 'Pedir ajuda';
const hour = 3_600_000;

/** Without those that are mistaken for each other on paper or by telephone. */
const characters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const protocolPattern = /^\d{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/;

/** A number by which both speak of it: the year, and forty bits that nobody guesses. */
function newProtocol(now: Date): string {
  const four = () => Array.from({ length: 4 }, () => characters[randomInt(characters.length)]).join('');
  return `${now.getUTCFullYear()}-${four()}-${four()}`;
}

/**
 * Each request costs somebody time: few from one person, not many from where a whole body may come from, and of all who have
 * not signed in together no more than somebody can read. Who has signed in is not held up by them.
 */
function targetsOf(person: string | null, address: string): Target[] {
  if (person !== null) return [{ name: `ajuda de ${person}`, free: 5, forgivenIn: hour }];
  return [
    { name: `ajuda ${networkOf(address)}`, free: 10, forgivenIn: hour },
    { name: 'ajuda de fora', free: mostFromOutside, forgivenIn: hour / 4 },
  ];
}

/** Of all networks together, at once; then four an hour. */
export const mostFromOutside = 100;

/** A page by its address, without the case and what says whom or what it is about; empty where it is none of this site. */
export function pageAsked(given: string): string {
  if (!/^\/(?!\/)[\w./…-]{0,300}$/.test(given)) return '';
  const parts = given.split('/').map((part) => (/\d/.test(part) ? '…' : part));
  const path = parts.join('/').replace(/^\/caso\/…(?=\/.)/, '');
  // The secret of a link lets in whoever has it, whatever it is made of.
  return path.replace(/^(\/pedido\/(?:link|autoridade)\/).+/, '$1…');
}

const show = route({
  method: 'GET',
  path: '/ajuda/pedir',
  who: 'anyone',
  query: Type.Object({ de: Type.String({ default: '', maxLength: 2000 }) }),
  answer: async ({ base, session, query, formToken: token }) => {
    const person = session?.stage === 'aberta' ? session.person.id : null;
    const known =
      person === null
        ? null
        : await base.snapshot((questions) => mailOf(questions, person), { use: 'pages' });
    const typed = { texto: '', email: known ?? '' };
    return { title, main: askPage({ token, page: pageAsked(query.de), typed }) };
  },
});

const ask = route({
  method: 'POST',
  path: '/ajuda/pedir',
  who: 'anyone',
  form: Type.Object({
    de: Type.String({ default: '', maxLength: 2000 }),
    texto: Type.String({ default: '', maxLength: 20_000 }),
    email: Type.String({ default: '', maxLength: 1000 }),
  }),
  answer: async ({ session, form, address, formToken: token, now }) => {
    const page = pageAsked(form.de);
    const again = { token, page, typed: form };
    const words = form.texto.replace(/\r\n?/g, '\n').trim();
    const email = form.email.trim();
    const faults = {
      ...(!/\p{L}{2}/u.test(words) && { texto: 'Escreva o que aconteceu.' }),
      ...(words.length > longestRequest && { texto: `Escreva no máximo ${longestRequest} caracteres.` }),
      ...(!isAddress(email) && { email: 'Confira o e-mail: a resposta vai para ele.' }),
    };
    if (Object.keys(faults).length > 0) {
      return { title, status: 422, main: askPage({ ...again, faults }) };
    }
    // Half a way in proves nobody.
    const own = session?.stage === 'aberta' ? session : null;
    const person = own?.person.id ?? null;
    const body = own === null ? null : (placeOf(own)?.id ?? null);
    const [id, protocol] = [randomUUID(), newProtocol(now)];
    return {
      act: async (tx) => {
        const waits = await beginTry(tx, targetsOf(person, address), now);
        if (waits > 0) return { title, status: 429, main: askPage({ ...again, waits }) };
        await addHelpRequest(tx, { id, protocol, person, body, page, words, email }, now);
        await askLetter(tx, 'help-asked', id, now);
        return { goTo: `/ajuda/pedido?numero=${protocol}`, event: { event: 'help-asked', protocol } };
      },
    };
  },
});

const asked = route({
  method: 'GET',
  path: '/ajuda/pedido',
  who: 'anyone',
  query: Type.Object({ numero: Type.String({ default: '', maxLength: 100 }) }),
  answer: async ({ base, query: { numero } }) => {
    const state = protocolPattern.test(numero)
      ? await base.snapshot((questions) => helpStateOf(questions, numero), { use: 'pages' })
      : null;
    if (state === null) throw new GuaritaError('page-unknown');
    // Nobody is told by a number what somebody else asked.
    return { title: 'Pedido registrado', main: askedPage(numero, state) };
  },
});

function isAddress(text: string): boolean {
  return text.length <= 200 && /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;".]+$/.test(text);
}

/** Whoever is stuck asks a person, signed in or not. */
export const askRoutes: readonly ConsoleRoute[] = [show, ask, asked];
