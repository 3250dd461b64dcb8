import { madeDue, madeIdle } from '../due.ts';
import type { ListedPage } from './listed-page.ts';

const registrars = ['cadastrador-autorizador'] as const;

/** Pages of those who look after who may enter. */
export const accessPages: readonly ListedPage[] = [
  { name: 'pedir-ajuda', path: '/ajuda/pedir?de=%2Fbusca', roles: ['agente'] },
  { name: 'pedir-ajuda-fora', path: '/ajuda/pedir?de=%2Fentrar', roles: null },
  { name: 'pedir-ajuda-feito', path: '/ajuda/pedido?numero=2026-ABCD-EFGH', roles: null },
  {
    ...{ name: 'recertificacao', path: '/recertificacao?feito=role-recertification-said', roles: registrars },
    before: async (scene, { body }) => {
      await madeDue(scene, body);
      await madeDue(scene, body, 'cadastrador-estruturas', 190);
      return undefined;
    },
  },
  {
    ...{ name: 'recertificacao-papel', path: '/recertificacao', roles: registrars },
    before: async (scene, { body }) => `/recertificacao/${(await madeDue(scene, body, 'revisor', 190)).role}`,
  },
  {
    ...{ name: 'bloqueadas', path: '/bloqueadas?feito=sim', roles: registrars },
    before: async (scene, { body }) => {
      await madeIdle(scene, body);
      return undefined;
    },
  },
  {
    ...{ name: 'bloqueadas-pessoa', path: '/bloqueadas', roles: registrars },
    before: async (scene, { body }) => `/bloqueadas/${(await madeIdle(scene, body)).id}`,
  },
  {
    ...{ name: 'conta-a-recertificar', path: '/conta', roles: ['agente'] },
    before: async ({ base, now }, { person }) => {
      await base.transaction((tx) =>
        tx.query(`UPDATE acesso.papel SET desde = $2::timestamptz - interval '160 days' WHERE pessoa = $1`, [
          person,
          now(),
        ]),
      );
      return undefined;
    },
  },
];
