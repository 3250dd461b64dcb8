import type { Role } from '../../../central/console/access/roles.ts';
import { dayOf, dayText } from '../../../shared/day.ts';
import { query } from '../../support/bases.ts';
import { centralBody, officer } from '../bodies/people.ts';
import {
  anyCpf,
  askedByPage,
  bodyWithAuthority,
  formOf,
  linkTo,
  madeRequest,
  reason,
  withEmail,
} from '../pre-registration/people.ts';
import { browserOf, type ConsoleScene, madePerson } from '../scene.ts';
import { Visitor } from '../visitor.ts';
import type { Way } from './way.ts';

const ate = '30/06/2026';
const email = () => `${anyCpf()}@dpe.exemplo`;

async function withRole(scene: ConsoleScene, role: Role) {
  return (await officer(scene, await centralBody(scene), role)).browser;
}

/** An Autorizador at a request. */
async function deciding(scene: ConsoleScene, options: Parameters<typeof madeRequest>[2] = {}) {
  const body = await bodyWithAuthority(scene);
  const request = await madeRequest(scene, body, options);
  return {
    body,
    request,
    browser: await withRole(scene, 'cadastrador-autorizador'),
    at: `/pedidos/${request.id}`,
  };
}

/** Somebody whose request came to an account, with an address that they confirmed. */
async function admitted(scene: ConsoleScene) {
  const { body, request, browser, at } = await deciding(scene);
  await browser.post(at, { decisao: 'aprovo', ate });
  const [account] = await query<{ id: string }>(
    scene.base,
    'SELECT conta AS id FROM acesso.pedido WHERE id = $1',
    [request.id],
  );
  return { body, request, at, browser, person: await browserOf(scene, account?.id ?? '') };
}

async function atAuthority(scene: ConsoleScene, decisao: string) {
  const body = await bodyWithAuthority(scene);
  const asking = await askedByPage(scene, body, email());
  await asking.fill('/pedido/meu', formOf('agente'));
  const path = await linkTo(scene, body.authority.email);
  const authority = new Visitor(scene);
  const page = await authority.get(path);
  return { sends: () => authority.send(page, path, { decisao, texto: reason }), status: 200 };
}

/** How somebody comes to a role, and who says yes. */
export const requestScenarios: Readonly<Record<string, Readonly<Record<string, Way>>>> = {
  '/conta/pedidos': {
    'access-requested': {
      prepare: async (scene) => {
        const { person, body } = await admitted(scene);
        return { sends: () => person.post('/conta/pedidos', { orgao: body.id }) };
      },
    },
  },
  '/conta/pedidos/:id': {
    'access-request-returned': {
      prepare: async (scene) => {
        const { person, request } = await admitted(scene);
        return { sends: () => person.post(`/conta/pedidos/${request.id}`, {}) };
      },
    },
  },
  '/orgaos/:id/autoridade': {
    'authority-set': {
      prepare: async (scene) => {
        const body = await bodyWithAuthority(scene);
        await madeRequest(scene, body, { upTo: 'authority' });
        const browser = await withRole(scene, 'cadastrador-estruturas');
        const form = { nome: 'Otávio Reis', cargo: 'Corregedor', email: email(), cpf: anyCpf() };
        return { sends: () => browser.post(`/orgaos/${body.id}/autoridade`, form) };
      },
    },
  },
  '/papeis/:id': {
    'role-ended': {
      prepare: async (scene) => {
        const { body, browser } = await deciding(scene);
        const agent = await madePerson(scene, body.id, ['agente']);
        const [role] = await query<{ id: string }>(
          scene.base,
          'SELECT id FROM acesso.papel WHERE pessoa = $1',
          [agent.id],
        );
        return { sends: () => browser.post(`/papeis/${role?.id}`, { motivo: reason }) };
      },
    },
  },
  '/papeis/:id/senha': {
    'password-reset-asked': {
      prepare: async (scene) => {
        const browser = await withRole(scene, 'cadastrador-autorizador');
        const { role } = await withEmail(scene);
        return { sends: () => browser.post(`/papeis/${role}/senha`, { como: reason }) };
      },
    },
  },
  '/pedido': {
    'access-requested': {
      prepare: async (scene) => {
        const body = await bodyWithAuthority(scene);
        const visitor = new Visitor(scene);
        const page = await visitor.get('/pedido');
        const form = { email: email(), orgao: body.id };
        return { sends: () => visitor.send(page, '/pedido', form), status: 200 };
      },
    },
    'access-link-asked': {
      prepare: async (scene) => {
        const body = await bodyWithAuthority(scene);
        const visitor = new Visitor(scene);
        const form = { email: email(), orgao: body.id };
        await visitor.fill('/pedido', form);
        await linkTo(scene, form.email);
        const page = await visitor.get('/pedido');
        return { sends: () => visitor.send(page, '/pedido', form), status: 200 };
      },
    },
  },
  '/pedido/link/:segredo': {
    'access-request-confirmed': {
      prepare: async (scene) => {
        const body = await bodyWithAuthority(scene);
        const visitor = new Visitor(scene);
        const form = { email: email(), orgao: body.id };
        await visitor.fill('/pedido', form);
        const path = await linkTo(scene, form.email);
        const page = await visitor.get(path);
        return { sends: () => visitor.send(page, path, {}) };
      },
    },
  },
  '/pedido/meu': {
    'access-request-filled': {
      prepare: async (scene) => {
        const visitor = await askedByPage(scene, await bodyWithAuthority(scene), email());
        const page = await visitor.get('/pedido/meu');
        return { sends: () => visitor.send(page, '/pedido/meu', formOf('agente')) };
      },
    },
  },
  '/pedido/meu/desistir': {
    'access-request-withdrawn': {
      prepare: async (scene) => {
        const visitor = await askedByPage(scene, await bodyWithAuthority(scene), email());
        const page = await visitor.get('/pedido/meu');
        return { sends: () => visitor.send(page, '/pedido/meu/desistir', {}) };
      },
    },
  },
  '/pedido/meu/esquecer': {
    'access-request-forgotten': {
      prepare: async (scene) => {
        const visitor = await askedByPage(scene, await bodyWithAuthority(scene), email());
        const page = await visitor.get('/pedido/meu');
        return { sends: () => visitor.send(page, '/pedido/meu/esquecer', {}) };
      },
    },
  },
  '/pedido/autoridade/:segredo': {
    'access-request-authorized': { prepare: (scene) => atAuthority(scene, 'autorizo') },
    'access-request-declined': { prepare: (scene) => atAuthority(scene, 'nao-autorizo') },
  },
  '/pedidos/:id': {
    'access-request-approved': {
      prepare: async (scene) => {
        const { browser, at } = await deciding(scene);
        return { sends: () => browser.post(at, { decisao: 'aprovo', ate }) };
      },
    },
    'access-request-refused': {
      prepare: async (scene) => {
        const { browser, at } = await deciding(scene);
        return { sends: () => browser.post(at, { decisao: 'recuso', motivo: reason }) };
      },
    },
  },
  '/pedidos/:id/autoridade': {
    'access-authority-asked': {
      prepare: async (scene) => {
        const { browser, at } = await deciding(scene, { upTo: 'authority' });
        return { sends: () => browser.post(`${at}/autoridade`, {}) };
      },
    },
  },
  '/pedidos/:id/documento': {
    'access-document-recorded': {
      prepare: async (scene) => {
        const { browser, at } = await deciding(scene, { upTo: 'authority' });
        const assinado = dayText(dayOf(scene.now()));
        const form = { nup: '08016.001234/2026-11', codigo: '1234567', assinado };
        return { sends: () => browser.post(`${at}/documento`, form) };
      },
    },
  },
  '/pedidos/:id/senha': {
    'access-password-asked': {
      prepare: async (scene) => {
        const { browser, at } = await deciding(scene);
        await browser.post(at, { decisao: 'aprovo', ate });
        return { sends: () => browser.post(`${at}/senha`, {}) };
      },
    },
  },
};
