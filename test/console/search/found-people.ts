import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import type { Granted } from '../../../central/base/sight/sight.ts';
import { readSearch } from '../../../central/console/search/asked.ts';
import type { SearchQuery } from '../../../central/console/search/fields.ts';
import { searched } from '../../../central/console/search/search.ts';
import { knownNation } from './known-nation.ts';
import { allOf } from './made-up.ts';
import { fillNational } from './national.ts';

export async function foundPeople(t: Test, base: Base): Promise<void> {
  await fillNational(base, knownNation);
  const search = async (query: SearchQuery | string, grant: Granted = allOf) => {
    const of = typeof query === 'string' ? { q: query } : query;
    const { asked, faults } = readSearch(of, '2026-11-30');
    t.same(faults, {}, JSON.stringify(of));
    return searched(base, grant, asked, '');
  };
  const names = async (query: SearchQuery | string, grant?: Granted) =>
    (await search(query, grant)).people.map(({ register }) => register.nome);
  const washington = 'WASHINGTON LUIZ DE SOUZA';

  for (const query of [
    ...['Washington Luiz de Souza', 'luis sousa washington', 'uóxi', 'paraiba souza', '529.982.247-25'],
    ...['RJI 18012345678', 'RG 1234567', '998877', 'washigton souza', 'vashingtom luiz', 'Washington 1980'],
    ...['washington 31/01/1980', 'Washington Luiz Xistinho'],
  ]) {
    t.equal((await names(query))[0], washington, query);
  }
  const byOther = [
    ...[
      ['Janaína Lima', 'ANTONIA PEREIRA LIMA'],
      ['0001234-75.2026.8.02.0001', 'ANTONIA PEREIRA LIMA'],
    ],
    ...[
      ['bastiana cortiço', 'SEBASTIANA ALBUQUERQUE'],
      ['AL-55-1', 'SEBASTIANA ALBUQUERQUE'],
    ],
    ...[
      ['OAB 1234', 'DOUTORA DEFENSORA'],
      ['OAB/AL 1234', 'DOUTORA DEFENSORA'],
      ['crianca teste', 'CRIANCA DE TESTE'],
    ],
  ] as const;
  for (const [query, name] of byOther) t.same(await names(query), [name], query);
  t.same(await names('OAB/SE 1234'), []);
  t.same(await names('script aspas'), ['<b>SCRIPT</b> & "ASPAS"']);
  t.equal((await names('comprido nome'))[0]?.slice(0, 13), 'COMPRIDO NOME');

  const untold = { ...allOf, hidden: ['custodia.saida'] };
  t.same(await names({ q: 'luiz', custodia: 'sim' }, untold), [], 'nobody knows whether it ended');
  t.same(await names({ q: 'luiz', custodia: 'nao' }, untold), []);
  t.match((await search('luiz', untold)).people[0]?.register.custody, { isSure: false });

  const two = await search('Washington Luiz de Souza');
  t.match(
    two.people[0]?.others,
    [{ source: 'SE', nome: 'UOSHINGTON LUIS SOUSA' }],
    'a person with all registers',
  );
  t.match(two.people[0]?.register.custody, {
    isSure: true,
    unit: 'PRESÍDIO BALDOMERO CAVALCANTI',
    since: '2024-05-29',
  });
  t.same(two.found.tried, ['as-written'], 'who is found as written is shown alone');
  t.match((await search('washigton souza')).people[0]?.ranked.reasons, [
    { asked: 'WASHIGTON', has: { text: 'WASHINGTON', likeness: 'one' } },
    { asked: 'SOUZA', has: { likeness: 'same' } },
  ]);

  const more: readonly SearchQuery[] = [
    ...[{ mae: 'Maria das Dores Souza' }, { q: 'luiz', mae: 'maria dores' }, { nascimento: '31/01/1980' }],
    ...[
      { q: 'luiz', unidade: 'baldomero' },
      { q: 'luiz', regime: 'fechado' },
      { q: 'souza', custodia: 'sim' },
    ],
    ...[
      { q: 'washington', idade_de: '46', idade_ate: '46' },
      { q: 'washington', estado: 'Alagoas' },
    ],
  ];
  for (const query of more) t.equal((await names(query))[0], washington, JSON.stringify(query));
  t.same(await names({ q: 'luiz', custodia: 'nao', estado: 'AL' }), []);
  t.same(await names({ q: 'teste', tipo: 'visitante', idade_de: '18' }), ['VISITANTE DE TESTE']);
  t.same((await search({ q: 'luiz', unidade: 'inexistente' })).faults, {
    unidade: 'Não há unidade com esse nome.',
  });
  t.match((await search('presidio baldomero')).units, [{ source: 'AL', id: 'u1' }]);

  const common = await search('José Silva');
  t.match(common, { people: [], found: { tooMany: true } }, 'two common words alone');
  t.equal((await names({ q: 'José Silva', mae: 'Edileuza' })).length, 1);
  const born = await search('José Silva 1957');
  t.match(born, { people: { length: 20 }, isFirst: true });
  t.equal((await search('José Silva Zzyzx')).found.tooMany, true, 'also without a word');

  const hidden = {
    ...allOf,
    sensitive: [],
    hidden: ['custodiado.alcunhas', 'custodiado.nome_social', 'custodiado.cpf'],
  };
  t.same(await names('paraiba', hidden), []);
  t.same(await names('Janaína Lima', hidden), []);
  t.same(await names('52998224725', hidden), []);
  t.same(await names('crianca teste', hidden), []);
  t.same(await names({ q: 'Sousa', estado: 'SE' }, { ...allOf, states: ['AL'] }), []);
  const only = await search('Washington Luiz de Souza', { ...allOf, states: ['AL'] });
  t.same(only.people[0]?.others, [], 'made of the registers that are seen');
}
