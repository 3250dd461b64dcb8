import { registrars } from '../../base/access-layer/bodies.ts';
import { findingReaders, lookingRoles, type Role } from '../access/roles.ts';
import { choiceAt } from '../case-path.ts';
import type { Allowed } from '../enforce.ts';
import { type Html, html } from '../html/html.ts';

interface Item {
  readonly path: string;
  readonly label: string;
  /** For these roles; none: for everybody at work in a body. */
  readonly roles: readonly Role[];
  /** It is within a case: whoever has none chooses a purpose first. */
  readonly onCase?: true;
}

/** Where the console leads, by role; each folder's pages have theirs here. */
const items: readonly Item[] = [
  { path: '/', label: 'Início', roles: [] },
  { path: '/busca', label: 'Buscar pessoa', roles: lookingRoles, onCase: true },
  { path: '/vinculacao', label: 'Vínculos', roles: ['revisor'], onCase: true },
  { path: '/finalidade', label: 'Finalidade', roles: lookingRoles },
  { path: '/estados', label: 'Estados', roles: ['operador'] },
  { path: '/achados', label: 'Achados', roles: findingReaders },
  { path: '/codigos', label: 'Códigos', roles: ['revisor'] },
  { path: '/orgaos', label: 'Órgãos', roles: registrars },
  { path: '/auditoria', label: 'Auditoria', roles: ['auditor'] },
  { path: '/alarmes', label: 'Alarmes', roles: ['auditor'] },
  { path: '/emergencias', label: 'Emergências', roles: ['auditor'] },
  { path: '/pedidos', label: 'Pedidos', roles: ['cadastrador-autorizador'] },
  { path: '/papeis', label: 'Papéis', roles: ['cadastrador-autorizador'] },
  { path: '/autoridades', label: 'Autoridades', roles: ['cadastrador-estruturas'] },
  { path: '/recertificacao', label: 'Recertificação', roles: ['cadastrador-autorizador'] },
  { path: '/bloqueadas', label: 'Contas bloqueadas', roles: ['cadastrador-autorizador'] },
  { path: '/conta', label: 'Minha conta', roles: [] },
  { path: '/ajuda', label: 'Ajuda', roles: [] },
  {
    path: '/ajuda/votos',
    label: 'Votos da ajuda',
    roles: registrars,
  },
];

/** @param path of the page that is shown: it is marked */
export function navigation(allowed: Allowed | null, path: string): Html {
  const mine = allowed?.roles ?? [];
  const shown = items.filter(({ roles }) => roles.length === 0 || roles.some((role) => mine.includes(role)));
  const number = allowed?.case?.number;
  return html`<nav class="navegacao largura" aria-label="Páginas"><ul>${shown.map((item) => {
    const within = item.onCase === true && number !== undefined ? `/caso/${number}${item.path}` : item.path;
    const to = item.onCase === true && number === undefined ? choiceAt(item.path) : within;
    return html`<li><a href="${to}" aria-current="${isWithin(within, path) ? 'page' : 'false'}">${item.label}</a></li>`;
  })}</ul></nav>`;
}

/** A page belongs to the item under whose path it is; all are under `/`, which stands for itself alone. */
function isWithin(item: string, path: string): boolean {
  return path === item || (item !== '/' && path.startsWith(`${item}/`));
}
