import { natalId } from '../../../central/base/national-layer/natal-id.ts';
import { madeLarge } from '../person/large.ts';
import { held, madeNation, social, woman } from '../person/nation.ts';
import type { ConsoleScene } from '../scene.ts';
import type { ListedPage } from './listed-page.ts';

/** Whom the pages about people are about. */
export async function madePeople(scene: ConsoleScene): Promise<void> {
  await madeNation(scene.base);
  await madeLarge(scene, 2000);
}

const large = natalId('AC', 'custodiado', 'g0');
const onCase = 'case';

export const personPages: readonly ListedPage[] = [
  { name: 'pessoa', path: `/pessoa/${held}`, roles: ['agente'], onCase },
  { name: 'pessoa-revisor-auditor', path: `/pessoa/${held}`, roles: ['revisor', 'auditor'], onCase },
  { name: 'pessoa-nome-social', path: `/pessoa/${social}`, roles: ['agente'], onCase: 'emergency' },
  { name: 'pessoa-visitante', path: `/pessoa/${woman}`, roles: ['agente'], onCase },
  { name: 'pessoa-enorme', path: `/pessoa/${large}`, roles: ['agente'], onCase },
  { name: 'pessoa-visitas', path: `/pessoa/${large}/visitas`, roles: ['agente'], onCase },
  { name: 'pessoa-por-que', path: `/pessoa/${large}/por-que`, roles: ['revisor'], onCase },
  { name: 'pessoa-origem', path: `/pessoa/${held}/origem/custodiado/AL/34`, roles: ['agente'], onCase },
  { name: 'pessoa-consultas', path: `/pessoa/${held}/consultas`, roles: ['auditor'], onCase },
  { name: 'pessoa-que-nao-ha', path: '/pessoa/x', roles: ['agente'], onCase, status: 404 },
];
