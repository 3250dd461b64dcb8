import type { Role } from '../../../central/console/access/roles.ts';
import { roles } from '../../../central/console/access/roles.ts';
import { ids } from '../desk/nation.ts';
import { apart, beyond, middle, visited } from '../network/people.ts';
import { accessPages } from './access-pages.ts';
import { bodyPages } from './body-pages.ts';
import { framePages } from './frame-pages.ts';
import type { ListedPage } from './listed-page.ts';
import { requestPages } from './request-pages.ts';

const reviewer = { roles: ['revisor'], onCase: 'case' } as const;
const column = '/codigos/AL/custodia.regime';

/** What the rules found, what linkage asks, what nobody has a value for. */
export const deskPages: readonly ListedPage[] = [
  { name: 'vinculacao', path: '/vinculacao', ...reviewer },
  { name: 'vinculacao-par', path: `/vinculacao/${ids.jose}/${ids.twin}`, ...reviewer },
  { name: 'vinculacao-decidido', path: '/vinculacao?feita=1', ...reviewer },
  { name: 'vinculacao-fim', path: `/vinculacao?depois=${ids.jose}.${ids.jose}`, ...reviewer },
  { name: 'vinculacao-decisoes', path: '/vinculacao/decisoes', ...reviewer },
  { name: 'vinculacao-decisao', path: '/vinculacao/decisoes/1', ...reviewer },
  { name: 'achados', path: '/achados', roles: ['estatistico'] },
  { name: 'achados-estado', path: '/achados/AL', roles: ['agente'] },
  { name: 'achados-regra', path: '/achados/AL/custodia/T03', roles: ['agente'] },
  { name: 'achados-linhas', path: '/achados/AL/custodia/T03', roles: ['agente'], onCase: 'case' },
  { name: 'codigos', path: '/codigos', roles: ['revisor'] },
  { name: 'codigos-estado', path: '/codigos/AL', roles: ['revisor'] },
  { name: 'codigos-coluna', path: column, roles: ['revisor'] },
  { name: 'codigos-palavra', path: `${column}?palavra=SEMI%20AB.%20X`, roles: ['revisor'] },
];

/** Searches of people of `search/known-nation.ts`. */
const searches = {
  busca: '',
  'busca-pessoas': '?q=souza+washington',
  'busca-parecidos': '?q=washigton+lima&parecidos=sim',
  'busca-muitos': '?q=jose+silva+1957',
  'busca-ninguem': '?q=zzyzx+qwert&mae=maria&estado=AL',
  'busca-demais': '?q=jose+silva',
  'busca-unidade': '?q=presidio+baldomero',
};

export const searchPages: readonly ListedPage[] = [
  ...Object.entries(searches).map(([name, query]) => ({
    ...{ name, path: `/busca${query}`, roles: ['agente'] as const, onCase: 'case' as const },
  })),
  {
    name: 'busca-campos',
    path: '/busca?q=a&nascimento=ontem',
    roles: ['agente'],
    onCase: 'case',
    status: 422,
  },
];

export const statesPages: readonly ListedPage[] = [
  { name: 'estados', path: '/estados', roles: ['operador'] },
  ...(['AC', 'AL', 'BA', 'PE', 'RO', 'SE'] as const).map((state) => ({
    ...{ name: `estado-${state.toLowerCase()}`, path: `/estados/${state}`, roles: ['operador' as const] },
  })),
  { name: 'estado-decisao', path: '/estados/PE/decisoes/3f9a1c', roles: ['operador'] },
];

/** Of the frame, which are about nobody; all others are in lists of their own, by what is in the base for them. */
export const pages: readonly ListedPage[] = [
  { name: 'formulario', path: '/t/formulario', roles: ['agente'] },
  { name: 'partes', path: '/auditoria/t/partes', roles: ['auditor'] },
  { name: 'partes-finalidade', path: '/t/pessoas', roles: ['agente'], onCase: 'case' },
  { name: 'partes-emergencia', path: '/t/pessoas', roles: ['agente'], onCase: 'emergency' },
  ...(Object.keys(roles) as Role[]).map((role) => ({
    ...{ name: `inicio-${role}`, path: '/', roles: [role] },
  })),
  ...accessPages,
  ...bodyPages,
  ...framePages,
  ...requestPages,
  { name: 'erro-desconhecida', path: '/nao-existe', roles: ['agente'], status: 404 },
  { name: 'erro-desconhecida-fora', path: '/nao-existe', roles: null, status: 404 },
  { name: 'erro-papel', path: '/t/auditor', roles: ['agente'], status: 403 },
  { name: 'erro-interno', path: '/t/quebra', roles: null, status: 500 },
];

export function networkPages(): ListedPage[] {
  const listed = (name: string, path: string, status = 200): ListedPage => ({
    ...{ name, path: `/pessoa/${path}`, roles: ['agente'], onCase: 'case', status },
  });
  const crowded = `${beyond.pessoa_id}/rede?mostrar=100`;
  return [
    listed('rede', `${middle.pessoa_id}/rede`),
    listed('rede-aberta', `${middle.pessoa_id}/rede?abrir=${visited.pessoa_id}&de=01/01/2022&ate=x`),
    listed('rede-vazia', `${apart.pessoa_id}/rede?tipos=processo`),
    listed('rede-grande', `${crowded}&abrir=${visited.pessoa_id}`),
    { ...listed('rede-fora-da-cota', crowded, 429), quota: 50 },
    listed('caminho', `${middle.pessoa_id}/caminho?ate=${beyond.pessoa_id}`),
    listed('caminho-nenhum', `${middle.pessoa_id}/caminho?ate=${apart.pessoa_id}&unidade=sim`),
  ];
}
