import { randomUUID } from 'node:crypto';
import { atGrants, atTies, centralBody, Edited, grantForm, officer, reason } from '../bodies/people.ts';
import { type ConsoleScene, madeBody } from '../scene.ts';
import type { Way } from './way.ts';

type Named = Readonly<Record<string, string>>;

/** Somebody who looks after a body with a structure, another one, and a collection of the first. */
function ofStructures(
  send: (made: { readonly edited: Edited; readonly one: string; readonly other: string }) => [string, Named],
): Way {
  return {
    prepare: async (scene) => {
      const edited = await Edited.made(scene);
      const [one, other] = [await edited.structure(), await edited.structure()];
      const [path, form] = send({ edited, one, other });
      return { sends: () => edited.send(path, form) };
    },
  };
}

function ofCollections(what: 'incluir' | 'retirar' | 'encerrar'): Way {
  return {
    prepare: async (scene) => {
      const edited = await Edited.made(scene);
      const [one, other] = [await edited.structure(), await edited.structure()];
      const collection = await edited.collection(one);
      const form: Named = what === 'encerrar' ? {} : { estrutura: what === 'incluir' ? other : one };
      return { sends: () => edited.send(`/colecoes/${collection}/${what}`, form) };
    },
  };
}

/** Somebody in the central body, and another body. */
function fromCentral(path: string, form: () => Named): Way {
  return {
    prepare: async (scene) => {
      const { browser } = await officer(scene, await centralBody(scene), 'cadastrador-estruturas');
      const { id } = await madeBody(scene);
      return { sends: () => browser.post(path.replace(':id', id), form()) };
    },
  };
}

const anyShort = () => `NOVO-${randomUUID().slice(0, 8).toUpperCase()}`;

function deciding(resposta: 'confirmar' | 'recusar'): Way {
  return {
    prepare: async (scene) => {
      const { other, proposed } = await atGrants(scene);
      const path = await proposed();
      return { sends: () => other.browser.post(path, { resposta, parecer: reason }) };
    },
  };
}

const tied: Way['prepare'] = async (scene) => {
  const { structure, tie } = await atTies(scene);
  return { sends: () => tie(structure) };
};

async function untying(scene: ConsoleScene) {
  const { structure, tie, ties, at, registrar } = await atTies(scene);
  await tie(structure);
  const [held] = await ties();
  return { sends: () => registrar.browser.post(`${at}/lotacoes/${held?.id}/encerrar`, {}) };
}

const structure = '/orgaos/:id/estruturas/:estrutura';

/** Bodies and their structures, who works in which, and what bodies may see. */
export const bodyScenarios: Readonly<Record<string, Readonly<Record<string, Way>>>> = {
  '/orgaos': { 'body-added': fromCentral('/orgaos', () => ({ sigla: anyShort(), nome: 'Órgão novo' })) },
  '/orgaos/:id/nome': {
    'body-renamed': fromCentral('/orgaos/:id/nome', () => ({
      ...{ sigla: anyShort(), nome: 'Outro nome', versao: '0' },
    })),
  },
  '/orgaos/:id/encerrar': {
    'body-ended': fromCentral('/orgaos/:id/encerrar', () => ({
      ...{ confirmo: 'sim', motivo: reason },
    })),
  },
  '/orgaos/:id/estruturas': {
    'structure-created': ofStructures(({ one }) => ['/estruturas', { nome: 'Setor', acima: one }]),
  },
  [`${structure}/nome`]: {
    'structure-renamed': ofStructures(({ one }) => [`/estruturas/${one}/nome`, { nome: 'Setor' }]),
  },
  [`${structure}/mover`]: {
    'structure-moved': ofStructures(({ one, other }) => [`/estruturas/${one}/mover`, { acima: other }]),
  },
  [`${structure}/unir`]: {
    'structure-merged': ofStructures(({ one, other }) => [
      `/estruturas/${one}/unir`,
      { outra: other, 'motivo-unir': reason },
    ]),
  },
  [`${structure}/encerrar`]: {
    'structure-closed': ofStructures(({ one }) => [
      `/estruturas/${one}/encerrar`,
      { 'motivo-encerrar': reason },
    ]),
  },
  [`${structure}/pessoas`]: { 'person-tied': { prepare: tied } },
  '/orgaos/:id/lotacoes/:lotacao/encerrar': { 'person-untied': { prepare: untying } },
  '/orgaos/:id/colecoes': {
    'collection-created': ofStructures(() => ['/colecoes', { nome: 'Unidades do interior' }]),
  },
  '/orgaos/:id/colecoes/:colecao/incluir': { 'collection-changed': ofCollections('incluir') },
  '/orgaos/:id/colecoes/:colecao/retirar': { 'collection-changed': ofCollections('retirar') },
  '/orgaos/:id/colecoes/:colecao/encerrar': { 'collection-closed': ofCollections('encerrar') },
  '/orgaos/:id/concessoes': {
    'grant-proposed': {
      prepare: async (scene) => {
        const { at, one } = await atGrants(scene);
        return { sends: () => one.browser.post(`${at}/concessoes`, grantForm) };
      },
    },
  },
  '/orgaos/:id/concessoes/:concessao/encerrar': {
    'grant-end-proposed': {
      prepare: async (scene) => {
        const { at, one, body } = await atGrants(scene);
        const path = `${at}/concessoes/${body.grant}/encerrar`;
        return { sends: () => one.browser.post(path, { motivo: reason }) };
      },
    },
  },
  '/orgaos/:id/propostas/:proposta': {
    'grant-proposal-accepted': deciding('confirmar'),
    'grant-proposal-refused': deciding('recusar'),
  },
  '/orgaos/:id/propostas/:proposta/retirar': {
    'grant-proposal-withdrawn': {
      prepare: async (scene) => {
        const { one, proposed } = await atGrants(scene);
        const path = `${await proposed()}/retirar`;
        return { sends: () => one.browser.post(path, {}) };
      },
    },
  },
};
