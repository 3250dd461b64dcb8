/** Where somebody is on the way through Login Único; the callback and the last one are in its registration. */
export const paths = {
  begin: '/entrar/govbr',
  callback: '/entrar/govbr/retorno',
  refused: '/entrar/govbr/recusado',
  signOut: '/sair/govbr',
  signOutThere: '/sair/govbr/concluir',
  signedOut: '/sair/govbr/pronto',
} as const;
