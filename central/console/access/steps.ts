import type { Stage } from '../../base/access-layer/sessions.ts';

/** Where somebody goes on who has something left to do. */
export const stepPaths: Readonly<Record<Stage, string>> = {
  'trocar-senha': '/senha',
  'segundo-fator': '/segundo-fator',
  'cadastrar-fator': '/segundo-fator/novo',
  aberta: '/',
};
