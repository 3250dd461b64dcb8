import { blockRead, madeDue, madeIdle } from '../due.ts';
import { browserOf, madeBody, madePerson } from '../scene.ts';
import { type Way, words } from './way.ts';

/** Of those who look after who may enter. */
export const accessScenarios: Readonly<Record<string, Readonly<Record<string, Way>>>> = {
  '/ajuda/pedir': {
    'help-asked': {
      prepare: async (scene) => {
        const browser = await browserOf(scene, (await madePerson(scene, null, [])).id);
        const form = { texto: 'A página de busca não abre.', email: 'ana@dpe.al.exemplo', de: '/busca' };
        return { sends: () => browser.post('/ajuda/pedir', form) };
      },
    },
  },
  '/bloqueadas/:id': {
    'account-unblocked': {
      prepare: async (scene) => {
        const body = await madeBody(scene);
        const browser = await browserOf(
          scene,
          (await madePerson(scene, body.id, ['cadastrador-autorizador'])).id,
        );
        const { id } = await madeIdle(scene, body.id);
        const desde = await blockRead(browser, id);
        return { sends: () => browser.post(`/bloqueadas/${id}`, { motivo: words, desde }) };
      },
    },
  },
  '/recertificacao/:id': {
    ...Object.fromEntries(
      (
        [
          ['role-recertified', 'agente', 'recertificar'],
          // With power: another person has to say so, too.
          ['role-recertification-said', 'revisor', 'recertificar'],
          ['role-ended', 'revisor', 'encerrar'],
        ] as const
      ).map(([event, role, decisao]) => [
        event,
        {
          prepare: async (scene) => {
            const body = await madeBody(scene);
            const browser = await browserOf(
              scene,
              (await madePerson(scene, body.id, ['cadastrador-autorizador'])).id,
            );
            const due = await madeDue(scene, body.id, role);
            return { sends: () => browser.post(`/recertificacao/${due.role}`, { decisao, motivo: words }) };
          },
        } satisfies Way,
      ]),
    ),
  },
};
