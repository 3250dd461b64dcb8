import type { Test } from 'tap';
import { readSearch } from '../../../central/console/search/asked.ts';
import { bornAtAges, readBirths } from '../../../central/console/search/births.ts';
import { readBox } from '../../../central/console/search/box.ts';
import type { SearchQuery } from '../../../central/console/search/fields.ts';

const today = '2026-11-30';

/** What somebody writes, and what is looked for by it. */
export function boxes(t: Test): void {
  const columnsOf = (text: string) => readBox(text).documents.map(({ columns }) => columns);
  t.same(readBox('  José da Sílva  ').words, ['JOSE', 'SILVA']);
  t.match(columnsOf('529.982.247-25'), [{ cpf: '52998224725', rji: '52998224725' }]);
  t.match(columnsOf('CPF 52998224725'), [{ cpf: '52998224725', rji: undefined }]);
  t.match(columnsOf('RJI: 180.123.456-78'), [{ rji: '18012345678', cpf: undefined }]);
  t.match(columnsOf('RG 1.234.567 SSP/AL'), [{ rg: '1234567' }]);
  t.match(columnsOf('1.234.567 SSP/AL'), [{ rg: '1234567' }]);
  t.match(columnsOf('OAB/AL 1234'), [{ oab: 'AL1234' }]);
  t.match(readBox('OAB 1234').documents, [{ oabOfAny: '1234' }]);
  t.match(readBox('0001234-75.2026.8.02.0001').documents, [{ process: '00012347520268020001' }]);
  t.match(readBox('José Silva 1980'), {
    words: ['JOSE', 'SILVA'],
    births: { from: '1980-01-01', to: '1980-12-31' },
  });
  t.match(readBox('Maria 31/01/1980'), {
    words: ['MARIA'],
    births: { from: '1980-01-31', to: '1980-01-31' },
  });
  t.match(readBox('Maria CPF 52998224725'), {
    words: ['MARIA'],
    documents: [{ columns: { cpf: '52998224725' } }],
  });
  for (const text of ['', 'a', '%', '%%_', "'", '\\', '12', '---']) {
    t.same(readBox(text), { words: [], documents: [], births: null }, text);
  }

  t.same(readBirths('02/1981'), { from: '1981-02-01', to: '1981-02-28' });
  t.equal(readBirths('31/02/1981'), 'none');
  t.same(bornAtAges('18', '18', today), { from: '2007-12-01', to: '2008-11-30' });
  t.equal(bornAtAges('30', '18', today), 'none');

  const faultsOf = (query: SearchQuery) => Object.keys(readSearch(query, today).faults);
  t.same(faultsOf({ q: 'a' }), ['q']);
  t.same(faultsOf({ q: 'x'.repeat(2048) }), ['q']);
  t.same(faultsOf({ q: 'ab '.repeat(60) }), ['q']);
  t.same(faultsOf({ estado: 'AL' }), ['q'], 'a state alone is too many');
  t.same(faultsOf({ nascimento: '1980' }), ['q']);
  t.same(faultsOf({ nascimento: '31/01/1980' }), []);
  t.same(faultsOf({ q: 'José', estado: 'Narnia', nascimento: 'ontem', idade_de: 'x' }).toSorted(), [
    ...['estado', 'idade_de', 'nascimento'],
  ]);
  t.end();
}
