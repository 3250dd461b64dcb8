import { raiseAlarm } from '../../../central/base/access-layer/alarms.ts';
import { dayOf } from '../../../shared/day.ts';
import { query } from '../../support/bases.ts';
import { type Otherwise, SoftwareKey } from '../../support/software-key.ts';
import {
  type Browser,
  browserOf,
  type ConsoleScene,
  madeBody,
  madeCase,
  madePerson,
  origin,
} from '../scene.ts';
import { App, madeMember, optionsIn, secretIn, signingIn, withApp } from '../second-factor/people.ts';
import { madeAccount, password } from '../signing-in/made.ts';
import { Visitor } from '../visitor.ts';
import { accessScenarios } from './access-scenarios.ts';
import { bodyScenarios } from './body-scenarios.ts';
import { deskScenarios } from './desk-scenarios.ts';
import { requestScenarios } from './request-scenarios.ts';
import { type Way, words } from './way.ts';

const mine = '/segundo-fator/meus';

/** Somebody with an app, in a session that has just shown it, and the id of what they have. */
async function withFactor(scene: ConsoleScene) {
  const made = await withApp(scene, ['agente']);
  const page = await made.browser.get(mine);
  const [, id = ''] = /href="\/segundo-fator\/meus\/([0-9a-f-]{36})"/.exec(page.text) ?? [];
  return { ...made, id };
}

/** Somebody with a key, signing in. */
async function withKey(scene: ConsoleScene) {
  const person = await madeMember(scene);
  const key = new SoftwareKey();
  const browser = await signingIn(scene, person.id, 'cadastrar-fator');
  const resposta = key.register(optionsIn(await browser.get('/segundo-fator/novo')), origin);
  await browser.post('/segundo-fator/novo/chave', { resposta, 'nome-chave': '' });
  const shows = async (next: Browser, otherwise: Otherwise = {}) => {
    const resposta = key.show(optionsIn(await next.get('/segundo-fator')), origin, otherwise);
    return next.post('/segundo-fator/chave', { resposta });
  };
  // It counts from now on.
  await shows(await signingIn(scene, person.id));
  return { shows, browser: await signingIn(scene, person.id) };
}

/** Each form, and by the event that it tells each way in which it changes something. */
export const scenarios: Readonly<Record<string, Readonly<Record<string, Way>>>> = {
  ...accessScenarios,
  ...bodyScenarios,
  ...deskScenarios,
  ...requestScenarios,
  '/ajuda/:artigo/voto': {
    'help-voted': {
      prepare: async (scene) => {
        const browser = await browserOf(scene, (await madeMember(scene, ['agente'])).id);
        return { sends: () => browser.post('/ajuda/entrar/voto', { util: 'sim' }) };
      },
    },
  },
  '/alarmes/:id': {
    'alarm-seen': {
      prepare: async (scene) => {
        const auditor = await browserOf(scene, (await madeMember(scene)).id);
        const told = { rule: 'volume', person: null, body: null, measure: 90, limit: 60 };
        await scene.base.transaction((tx) =>
          raiseAlarm(tx, { ...told, day: dayOf(scene.now()) }, scene.now()),
        );
        const [alarm] = await query<{ id: string }>(
          scene.base,
          'SELECT id FROM acesso.alarme WHERE visto IS NULL',
        );
        return { sends: () => auditor.post(`/alarmes/${alarm?.id}`, { parecer: words }) };
      },
    },
  },
  // A look, by a form since its words belong into no address: nothing is done.
  '/auditoria': {},
  '/conta/encerrar': {
    'sessions-ended': {
      prepare: async (scene) => {
        const { id } = await madeAccount(scene);
        const [browser] = [await browserOf(scene, id), await browserOf(scene, id)];
        return { sends: () => browser.post('/conta/encerrar', { sessao: 'outras', senha: password }) };
      },
    },
  },
  '/emergencias/:id': {
    'emergency-reviewed': {
      prepare: async (scene) => {
        const agent = await browserOf(scene, (await madeMember(scene, ['agente'])).id);
        await madeCase(scene, agent.session, 'execucao-penal', true);
        const [emergency] = await query<{ id: string }>(
          scene.base,
          'SELECT id FROM acesso.emergencia WHERE sessao = $1',
          [agent.session],
        );
        const auditor = await browserOf(scene, (await madeMember(scene)).id);
        const form = { justificada: 'sim', parecer: words };
        return { sends: () => auditor.post(`/emergencias/${emergency?.id}`, form) };
      },
    },
  },
  '/entrar': {
    'signed-in': {
      prepare: async (scene) => {
        const { cpf } = await madeAccount(scene);
        const visitor = new Visitor(scene);
        const page = await visitor.get('/entrar');
        return { sends: () => visitor.send(page, '/entrar', { cpf, senha: password }) };
      },
    },
  },
  '/finalidade': {
    'case-opened': {
      prepare: async (scene) => {
        const browser = await browserOf(scene, (await madeMember(scene, ['agente'])).id);
        const form = { finalidade: 'execucao-penal', referencia: '0001234-75.2026.8.02.0001' };
        return { sends: () => browser.post('/finalidade', form) };
      },
    },
  },
  '/finalidade/emergencia': {
    'emergency-declared': {
      prepare: async (scene) => {
        const browser = await browserOf(scene, (await madeMember(scene, ['agente'])).id);
        const form = { finalidade: 'investigacao', motivo: 'Criança desaparecida desde ontem à noite.' };
        return { sends: () => browser.post('/finalidade/emergencia', form) };
      },
    },
  },
  '/orgao': {
    'body-chosen': {
      prepare: async (scene) => {
        const body = await madeBody(scene);
        const browser = await browserOf(scene, (await madePerson(scene, body.id, ['agente'])).id);
        return { sends: () => browser.post('/orgao', { orgao: body.id }) };
      },
    },
  },
  '/sair': {
    'signed-out': {
      prepare: async (scene) => {
        const browser = await browserOf(scene, (await madeMember(scene)).id);
        return { sends: () => browser.post('/sair', {}) };
      },
    },
  },
  '/segundo-fator': {
    'second-factor-shown': {
      prepare: async (scene) => {
        const { person, app } = await withApp(scene);
        const browser = await signingIn(scene, person.id);
        return { sends: () => browser.post('/segundo-fator', { codigo: app.code(scene) }) };
      },
    },
  },
  '/segundo-fator/chave': {
    'second-factor-shown': {
      prepare: async (scene) => {
        const { shows, browser } = await withKey(scene);
        return { sends: () => shows(browser) };
      },
    },
    // A copy: the key is blocked, and other sessions end.
    'second-factor-refused': {
      prepare: async (scene) => {
        const { shows, browser } = await withKey(scene);
        return { sends: () => shows(browser, { count: 1 }), status: 422 };
      },
    },
  },
  '/segundo-fator/novo': {
    'second-factor-added': {
      prepare: async (scene) => {
        const browser = await signingIn(scene, (await madeMember(scene)).id, 'cadastrar-fator');
        const app = new App(secretIn(await browser.get('/segundo-fator/novo')));
        return { sends: () => browser.post('/segundo-fator/novo', { codigo: app.code(scene), nome: '' }) };
      },
    },
  },
  '/segundo-fator/novo/chave': {
    'second-factor-added': {
      apart: ['acesso.desafio'],
      prepare: async (scene) => {
        const browser = await signingIn(scene, (await madeMember(scene)).id, 'cadastrar-fator');
        const key = new SoftwareKey();
        const sends = async () => {
          const resposta = key.register(optionsIn(await browser.get('/segundo-fator/novo')), origin);
          return browser.post('/segundo-fator/novo/chave', { resposta, 'nome-chave': '' });
        };
        return { sends };
      },
    },
  },
  '/segundo-fator/meus/:fator/nome': {
    'second-factor-renamed': {
      prepare: async (scene) => {
        const { browser, id } = await withFactor(scene);
        return { sends: () => browser.post(`${mine}/${id}/nome`, { nome: 'Outro' }) };
      },
    },
  },
  '/segundo-fator/meus/:fator/remover': {
    'second-factor-removed': {
      prepare: async (scene) => {
        const { browser, id, person } = await withFactor(scene);
        await browserOf(scene, person.id);
        return { sends: () => browser.post(`${mine}/${id}/remover`, {}) };
      },
    },
  },
  '/senha': {
    'password-changed': {
      prepare: async (scene) => {
        const { id } = await madeAccount(scene);
        const [browser] = [await browserOf(scene, id), await browserOf(scene, id)];
        const chosen = 'tamanduás dançam no telhado';
        const form = { atual: password, nova: chosen, repetida: chosen };
        return { sends: () => browser.post('/senha', form) };
      },
    },
  },
};
