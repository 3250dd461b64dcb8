import { askLetter } from '../../../central/base/access-layer/asked-letters.ts';
import { addRequest, addStep } from '../../../central/base/access-layer/requests.ts';
import { rolesOf } from '../../../central/base/access-layer/roles.ts';
import { rememberRequest } from '../../../central/console/pre-registration/kept.ts';
import {
  anyCpf,
  bodyWithAuthority,
  linkTo,
  madeRequest,
  reason,
  withEmail,
} from '../pre-registration/people.ts';
import { type ConsoleScene, madePerson } from '../scene.ts';
import { madeMember } from '../second-factor/people.ts';
import { atCentral } from './body-pages.ts';
import type { ListedPage } from './listed-page.ts';

const autorizador = ['cadastrador-autorizador'] as const;
const registrar = ['cadastrador-estruturas'] as const;

type UpTo = 'form' | 'authority' | 'approval';

async function requestAt(scene: ConsoleScene, upTo: UpTo): Promise<string> {
  return (await madeRequest(scene, await bodyWithAuthority(scene), { role: 'revisor', upTo })).id;
}

/** At a browser that remembers a request. */
const own = (name: string, upTo: UpTo, refused = false): ListedPage => ({
  ...{ name, path: '/pedido/meu', roles: null },
  remembers: async (scene) => {
    const id = await requestAt(scene, upTo);
    const by = refused ? (await madeMember(scene, autorizador)).id : null;
    const now = scene.now();
    const kept = await scene.base.transaction(async (tx) => {
      if (by !== null) await addStep(tx, id, { kind: 'recusado', by, words: reason }, now);
      return rememberRequest(tx, id, now);
    });
    return kept.secret;
  },
});

const one = (name: string, upTo: UpTo): ListedPage => ({
  ...{ name, path: '/pedidos', roles: autorizador },
  before: async (scene, who) => {
    await atCentral(scene, who, 'cadastrador-autorizador');
    return `/pedidos/${await requestAt(scene, upTo)}`;
  },
});

/** The link of a letter to somebody who asks. */
async function firstLink(scene: ConsoleScene): Promise<string> {
  const body = await bodyWithAuthority(scene);
  const email = `${anyCpf()}@dpe.exemplo`;
  await scene.base.transaction(async (tx) => {
    const id = await addRequest(tx, { email, body: body.id, person: null }, scene.now());
    await askLetter(tx, 'request-link', id, scene.now());
  });
  return linkTo(scene, email);
}

const none = 'A'.repeat(43);

/** How somebody asks for access, and who decides. */
export const requestPages: readonly ListedPage[] = [
  {
    ...{ name: 'pedido', path: '/pedido', roles: null },
    before: async (scene) => {
      await bodyWithAuthority(scene);
      return undefined;
    },
  },
  { name: 'pedido-nenhum', path: '/pedido/meu', roles: null, status: 404 },
  { name: 'pedido-link-nenhum', path: `/pedido/link/${none}`, roles: null, status: 404 },
  { name: 'pedido-link', path: '/pedido', roles: null, before: firstLink },
  own('pedido-formulario', 'form'),
  own('pedido-autoridade', 'authority'),
  own('pedido-aprovacao', 'approval'),
  own('pedido-recusado', 'approval', true),
  { name: 'autoridade-link-nenhum', path: `/pedido/autoridade/${none}`, roles: null, status: 404 },
  {
    ...{ name: 'autoridade-link', path: '/pedido', roles: null },
    before: async (scene) => {
      const body = await bodyWithAuthority(scene);
      const { before } = await madeRequest(scene, body, { upTo: 'authority' });
      await scene.base.transaction((tx) => askLetter(tx, 'authority-asked', before, scene.now()));
      return linkTo(scene, body.authority.email);
    },
  },
  {
    ...{ name: 'pedidos', path: '/pedidos', roles: autorizador },
    before: async (scene, who) => {
      await atCentral(scene, who, 'cadastrador-autorizador');
      for (const upTo of ['authority', 'approval'] as const) await requestAt(scene, upTo);
      return undefined;
    },
  },
  one('pedido-a-autorizar', 'authority'),
  one('pedido-a-aprovar', 'approval'),
  { name: 'papeis-dados', path: '/papeis', roles: autorizador },
  {
    ...{ name: 'papel', path: '/papeis', roles: autorizador },
    before: async (scene, { body }) => {
      const { id } = await madePerson(scene, body, ['agente']);
      const [role] = await scene.base.snapshot((questions) => rolesOf(questions, id));
      return `/papeis/${role?.id}`;
    },
  },
  {
    ...{ name: 'papel-senha', path: '/papeis', roles: autorizador },
    before: async (scene, { body }) => `/papeis/${(await withEmail(scene, body)).role}`,
  },
  {
    ...{ name: 'autoridades', path: '/autoridades', roles: registrar },
    before: async (scene, who) => {
      await atCentral(scene, who, 'cadastrador-estruturas');
      await bodyWithAuthority(scene);
      return undefined;
    },
  },
  {
    ...{ name: 'autoridade', path: '/autoridades', roles: registrar },
    before: async (scene, who) => {
      await atCentral(scene, who, 'cadastrador-estruturas');
      return `/orgaos/${(await bodyWithAuthority(scene)).id}/autoridade`;
    },
  },
  { name: 'meus-pedidos', path: '/conta/pedidos', roles: ['agente'] },
];
