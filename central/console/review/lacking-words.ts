const names: Readonly<Record<string, string>> = {
  nome: 'nome',
  nome_social: 'nome social',
  alcunhas: 'alcunhas',
  nome_mae: 'mãe',
  nome_pai: 'pai',
  data_nascimento: 'nascimento',
  sexo: 'sexo',
  cpf: 'CPF',
  rg: 'RG',
  rg_uf: 'UF do RG',
  rji: 'RJI',
  oab_numero: 'OAB',
  oab_uf: 'UF da OAB',
  naturalidade_ibge: 'naturalidade',
};

/** Why some registers are not asked about: of what is compared, this is not seen. @param lacking `view.column` */
export function lackingText(lacking: readonly string[]): string {
  const told = lacking.map((field) => {
    const [view = '', column = ''] = field.split('.');
    return view === 'outro_nome' ? 'outros nomes' : `${names[column] ?? column} (${view})`;
  });
  return `Só responde quem vê tudo o que se compara. O acordo do seu órgão não mostra: ${told.join(', ')}. Os pares em que isso entra não são oferecidos aqui.`;
}
