import type { Base } from '../../../central/base/base.ts';
import { deskNation, ids } from '../desk/nation.ts';
import { hiddenOf, onCase } from '../desk/reviewers.ts';
import { browserOf, type ConsoleScene } from '../scene.ts';
import { madeMember } from '../second-factor/people.ts';
import { States } from '../states/scene.ts';
import { type Way, words } from './way.ts';

/** Bases in which these people are. */
const nations = new WeakMap<Base, Promise<unknown>>();

async function reviewer(scene: ConsoleScene) {
  const { base } = scene;
  const made = nations.get(base) ?? deskNation(base);
  nations.set(base, made);
  await made;
  return onCase(scene);
}

const pair = `/vinculacao/${ids.maria}/${ids.otherMaria}`;

/** Says of two registers that they are of two people. */
async function saysOfPair(scene: ConsoleScene) {
  const who = await reviewer(scene);
  const page = await who.browser.get(who.at(pair));
  const form = { resposta: 'outra', fundamento: 'dados', motivo: '', volta: 'par' };
  return {
    who,
    says: () => who.browser.post(who.at(pair), { ...form, visto: hiddenOf(page.text, 'visto') }),
  };
}

/** What reviewers and operators say. */
export const deskScenarios: Readonly<Record<string, Readonly<Record<string, Way>>>> = {
  '/caso/:caso/vinculacao/:a/:b': {
    'link-decided': {
      prepare: async (scene) => ({ sends: (await saysOfPair(scene)).says }),
    },
  },
  '/caso/:caso/vinculacao/decisoes/:numero': {
    'link-undone': {
      prepare: async (scene) => {
        const who = await reviewer(scene);
        const { text } = await who.browser.get(who.at('/vinculacao/decisoes'));
        const [, number] = /\/vinculacao\/decisoes\/(\d+)"/.exec(text) ?? [];
        return {
          sends: () => who.browser.post(who.at(`/vinculacao/decisoes/${number}`), { motivo: words }),
        };
      },
    },
  },
  '/codigos/:uf/:coluna': {
    'code-assigned': {
      prepare: async (scene) => {
        const { browser } = await reviewer(scene);
        const path = '/codigos/AL/custodia.regime';
        const page = await browser.get(`${path}?palavra=SEMI%20AB.%20X`);
        const estava = hiddenOf(page.text, 'estava');
        const form = { palavra: 'SEMI AB. X', valor: 'semiaberto', motivo: words, estava };
        return { sends: () => browser.post(path, form) };
      },
    },
  },
  '/estados/:uf/decisoes/:ref': {
    'doubt-answered': {
      prepare: async (scene, t) => {
        const states = new States(t, scene.base);
        states.enrols('PE');
        await states.collects('PE');
        const ref = states.loses('PE');
        await states.shows();
        const operator = await browserOf(scene, (await madeMember(scene, ['operador'])).id);
        const form = { resposta: 'refused', motivo: words, estava: '' };
        return { sends: () => operator.post(`/estados/PE/decisoes/${ref}`, form) };
      },
    },
  },
};
