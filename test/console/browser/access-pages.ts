import { randomUUID } from 'node:crypto';
import { askLetter } from '../../../central/base/access-layer/asked-letters.ts';
import { addHelpRequest } from '../../../central/base/access-layer/help-requests.ts';
import { madeDue, madeIdle } from '../due.ts';
import type { ListedPage } from './listed-page.ts';

const registrars = ['cadastrador-autorizador'] as const;

/** @param isGivenUp there is nobody to whom it could be sent */
function helpDone(name: string, isGivenUp = false): ListedPage {
  return {
    ...{ name, path: '/ajuda/pedido', roles: null },
    before: async ({ base, now }) => {
      const id = randomUUID();
      const protocol = `2026-ABCD-${isGivenUp ? 'EFGH' : 'JKLM'}`;
      const about = { id, protocol, person: null, body: null, page: '/entrar' };
      await base.transaction(async (tx) => {
        await tx.query('DELETE FROM acesso.ajuda_pedida WHERE protocolo = $1', [protocol]);
        await addHelpRequest(tx, { ...about, words: 'Não entro.', email: 'caio@dpe.exemplo' }, now());
        await askLetter(tx, 'help-asked', id, now());
        if (isGivenUp)
          await tx.query('UPDATE acesso.carta_pedida SET desistida = criada WHERE sobre = $1', [id]);
      });
      return `/ajuda/pedido?numero=${protocol}`;
    },
  };
}

/** Pages of those who look after who may enter. */
export const accessPages: readonly ListedPage[] = [
  { name: 'pedir-ajuda', path: '/ajuda/pedir?de=%2Fbusca', roles: ['agente'] },
  { name: 'pedir-ajuda-fora', path: '/ajuda/pedir?de=%2Fentrar', roles: null },
  helpDone('pedir-ajuda-feito'),
  helpDone('pedir-ajuda-sem-destino', true),
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
