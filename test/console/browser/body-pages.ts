import { makeCentral } from '../../../central/base/access-layer/bodies.ts';
import { giveRole } from '../../../central/base/access-layer/roles.ts';
import { atGrants, atTies, centralBody } from '../bodies/people.ts';
import type { ConsoleScene } from '../scene.ts';
import type { ListedPage, Somebody } from './listed-page.ts';

const day = 24 * 60 * 60_000;
const [structures, ties, grants] = [
  ['cadastrador-estruturas'],
  ['cadastrador-vinculador'],
  ['cadastrador-autorizador'],
] as const;

type Before = (scene: ConsoleScene, who: Somebody) => Promise<string | undefined>;

/** From now on they work in the central body alone, in the same role: from there all others are looked after. */
export async function atCentral(scene: ConsoleScene, who: Somebody, role: string): Promise<void> {
  const { base, now } = scene;
  await base.transaction((tx) => makeCentral(tx, who.body));
  const central = await centralBody(scene);
  if (central === who.body) return;
  const term = { from: new Date(now().getTime() - day), until: new Date(now().getTime() + 300 * day) };
  await base.transaction(async (tx) => {
    await tx.query('UPDATE acesso.papel SET encerrado = $2 WHERE pessoa = $1', [who.person, now()]);
    await giveRole(tx, {
      id: crypto.randomUUID(),
      person: who.person,
      body: central,
      role,
      ...term,
      givenBy: null,
    });
    await tx.query('UPDATE acesso.sessao SET orgao = NULL WHERE pessoa = $1', [who.person]);
  });
}

/** A page of a body with a tree, people and collections. @param path below its address */
const ofTree =
  (
    role: string,
    path: (made: { readonly top: string; readonly low: string; readonly collection: string }) => string,
  ): Before =>
  async (scene, who) => {
    await atCentral(scene, who, role);
    const { edited, structure: top, tie, at } = await atTies(scene);
    const low = await edited.structure(
      'Coordenação de Atendimento às Unidades do Interior e da Região Metropolitana',
      top,
    );
    await edited.structure('Setor de protocolo', low);
    await edited.structure('Corregedoria');
    await edited.send(`/estruturas/${top}/nome`, { nome: 'Diretoria de Atendimento' });
    const collection = await edited.collection(low, 'Núcleos do interior');
    await tie(low);
    return `${at}${path({ top, low, collection })}`;
  };

const ofGrants =
  (path: (made: { readonly grant: string; readonly proposal: string }) => string): Before =>
  async (scene, who) => {
    await atCentral(scene, who, 'cadastrador-autorizador');
    const { body, at, proposed } = await atGrants(scene);
    const proposal = await proposed({ substitui: body.grant, acordo: 'ACT 9/2026' });
    return `${at}${path({ grant: body.grant, proposal: proposal.slice(at.length) })}`;
  };

const page = (name: string, roles: ListedPage['roles'], before: Before): ListedPage => ({
  ...{ name, path: '/orgaos', roles, before },
});

/** Bodies, their structures, who works in which, and what each may see. */
export const bodyPages: readonly ListedPage[] = [
  page('orgaos', structures, async (scene, who) => {
    await ofTree('cadastrador-estruturas', () => '')(scene, who);
    return '/orgaos';
  }),
  page('orgao-novo', structures, async (scene, who) => {
    await atCentral(scene, who, 'cadastrador-estruturas');
    return '/orgaos/novo';
  }),
  page(
    'orgao-um',
    structures,
    ofTree('cadastrador-estruturas', () => ''),
  ),
  page(
    'orgao-mudar',
    structures,
    ofTree('cadastrador-estruturas', () => '/mudar'),
  ),
  page(
    'orgao-historia',
    structures,
    ofTree('cadastrador-estruturas', () => '/historia'),
  ),
  page(
    'estruturas',
    structures,
    ofTree('cadastrador-estruturas', () => '/estruturas?feito=criada'),
  ),
  page(
    'estrutura',
    structures,
    ofTree('cadastrador-estruturas', ({ low }) => `/estruturas/${low}`),
  ),
  page(
    'estrutura-pessoas',
    ties,
    ofTree('cadastrador-vinculador', ({ top }) => `/estruturas/${top}`),
  ),
  page(
    'estrutura-vinculo',
    ties,
    ofTree('cadastrador-vinculador', ({ low }) => `/estruturas/${low}`),
  ),
  page(
    'colecoes',
    structures,
    ofTree('cadastrador-estruturas', () => '/colecoes'),
  ),
  page(
    'colecao',
    structures,
    ofTree('cadastrador-estruturas', ({ collection }) => `/colecoes/${collection}`),
  ),
  page(
    'concessoes',
    grants,
    ofGrants(() => '/concessoes'),
  ),
  page(
    'concessao',
    grants,
    ofGrants(({ grant }) => `/concessoes/${grant}`),
  ),
  page(
    'concessao-nova',
    grants,
    ofGrants(({ grant }) => `/concessoes/nova?substitui=${grant}`),
  ),
  page(
    'concessao-proposta',
    grants,
    ofGrants(({ proposal }) => proposal),
  ),
];
