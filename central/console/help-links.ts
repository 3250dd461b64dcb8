/** Of pages the article that helps there: by the beginning of their path, without the case and whom it is about. */
const byPage: readonly (readonly [path: string, article: string])[] = [
  ['/finalidade/pessoa/rede', 'ver-a-rede-de-uma-pessoa'],
  ['/finalidade/pessoa/caminho', 'ver-a-rede-de-uma-pessoa'],
  ['/finalidade/pessoa', 'pagina-de-uma-pessoa'],
  ['/entrar', 'entrar'],
  ['/senha', 'senha-provisoria'],
  ['/segundo-fator', 'aplicativo-autenticador'],
  ['/conta/pedidos', 'pedir-acesso'],
  ['/conta', 'aplicativo-autenticador'],
  ['/pedido/autoridade', 'autoridade-do-orgao'],
  ['/pedido', 'pedir-acesso'],
  ['/pedidos', 'decidir-pedidos'],
  ['/papeis', 'decidir-pedidos'],
  ['/autoridades', 'autoridade-do-orgao'],
  ['/orgaos', 'orgaos-e-estruturas'],
  ['/orgao', 'escolher-o-orgao'],
  ['/finalidade/busca', 'buscar-uma-pessoa'],
  ['/finalidade/emergencia', 'emergencia'],
  ['/finalidade/vinculacao', 'revisar-vinculos'],
  ['/finalidade/achados', 'achados'],
  ['/finalidade', 'finalidade'],
  ['/achados', 'achados'],
  ['/codigos', 'codigos'],
  ['/recertificacao', 'recertificacao'],
  ['/bloqueadas', 'recertificacao'],
  ['/emergencias', 'emergencia'],
  ['/auditoria', 'o-que-fica-registrado'],
  ['/alarmes', 'o-que-fica-registrado'],
  ['/estados', 'acompanhar-estados'],
  ['/', 'papeis'],
];

/** Of what went wrong the article that says more than the page. */
const byProblem: Readonly<Record<string, string>> = {
  'session-over': 'entrar',
  'account-blocked': 'recertificacao',
  'body-needed': 'escolher-o-orgao',
  'second-factor-needed': 'aplicativo-autenticador',
  'role-lacking': 'papeis',
  'purpose-needed': 'finalidade',
  'grant-lacking': 'finalidade',
  'quota-used-up': 'cotas',
  'too-many-cases': 'finalidade',
  'too-many-emergencies': 'emergencia',
  'audit-unwritable': 'o-que-fica-registrado',
  'base-away': 'pagina-nao-abre',
};

/** Where "Ajuda" leads from a page: to its article, or to all of them. @param path `/caso/3/busca` */
export function helpAt(path: string): string {
  const page = path.replace(/^\/caso\/[^/]+/, '/finalidade').replace(/\/pessoa\/[^/]+/, '/pessoa');
  const found = byPage.find(([start]) => page === start || (start !== '/' && page.startsWith(`${start}/`)));
  return found === undefined ? '/ajuda' : `/ajuda/${found[1]}`;
}

/** Where whoever is stuck on a page asks a person. */
export function askHelpAt(path: string): string {
  return `/ajuda/pedir?de=${encodeURIComponent(path)}`;
}

export function helpOn(problem: string): string | null {
  const article = Object.hasOwn(byProblem, problem) ? byProblem[problem] : undefined;
  return article === undefined ? null : `/ajuda/${article}`;
}

/** All articles that pages or problems lead to. */
export const linkedArticles: readonly string[] = [
  ...byPage.map(([, article]) => article),
  ...Object.values(byProblem),
];
