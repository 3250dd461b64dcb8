import type { Role } from '../../../central/console/access/roles.ts';
import { roles } from '../../../central/console/access/roles.ts';

/** A page that is opened, looked at and photographed; each page of the console has its line below. */
export interface ListedPage {
  /** Of its pictures. */
  readonly name: string;
  /** Within a case where `onCase` says so: then it is below `/caso/3`. */
  readonly path: string;
  /** Of who opens it; null: nobody has signed in. */
  readonly roles: readonly Role[] | null;
  readonly onCase?: 'case' | 'emergency';
  readonly status?: number;
}

export const pages: readonly ListedPage[] = [
  { name: 'formulario', path: '/t/formulario', roles: ['agente'] },
  { name: 'partes', path: '/auditoria/t/partes', roles: ['auditor'] },
  { name: 'partes-finalidade', path: '/t/pessoas', roles: ['agente'], onCase: 'case' },
  { name: 'partes-emergencia', path: '/t/pessoas', roles: ['agente'], onCase: 'emergency' },
  ...(Object.keys(roles) as Role[]).map((role) => ({
    ...{ name: `inicio-${role}`, path: '/', roles: [role] },
  })),
  { name: 'erro-desconhecida', path: '/nao-existe', roles: ['agente'], status: 404 },
  { name: 'erro-desconhecida-fora', path: '/nao-existe', roles: null, status: 404 },
  { name: 'erro-papel', path: '/t/auditor', roles: ['agente'], status: 403 },
  { name: 'erro-interno', path: '/t/quebra', roles: null, status: 500 },
];
