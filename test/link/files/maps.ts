import type { Test } from 'tap';
import { readColumnMap } from '../../../central/link-files/column-map.ts';
import { dateForm } from '../../../central/treat/link/registers/date-form.ts';

export async function columnMaps(t: Test): Promise<void> {
  t.strictSame(
    readColumnMap('id=rec_id, given=given_name,surnames=surname,birth=dob:YYYYMMDD,number:ssn,"text=to, all"')
      .columns,
    [
      { name: 'rec_id', as: 'id' },
      { name: 'given_name', as: 'given' },
      { name: 'surname', as: 'surnames' },
      { name: 'dob', as: 'birth', form: 'YYYYMMDD' },
      { name: 'ssn', as: 'number' },
      { name: 'to, all', as: 'text' },
    ],
  );
  t.strictSame(readColumnMap('id=a,id=b,birth=dob').columns.at(-1), { name: 'dob', as: 'birth' });
  for (const [map, wrong] of [
    ['name=nome', /falta o id/],
    ['id=id', /só há o id/],
    ['', /falta o id/],
    ['id=id,nome=nome', /"nome=nome" não se entende/],
    ['id=id,name', /"name" não se entende/],
    ['id=id,name=', /"name=" não se entende/],
    ['id=id,name=a,name=b', /"name" aparece duas vezes/],
    ['id=id,name=a,text:a', /a coluna "a" aparece duas vezes/],
    ['id=id,name=a,given=b', /não dos dois modos/],
    ['id=id,birth=a:YYYY', /"YYYY" não é uma forma de data/],
    ['id=id,"name=a', /as aspas não fecham/],
  ] as const) {
    t.throws(() => readColumnMap(map), { code: 'option-invalid', detail: wrong }, map);
  }
}

export async function dateForms(t: Test): Promise<void> {
  for (const [form, text, iso] of [
    ['YYYYMMDD', '19800131', '1980-01-31'],
    ['YYYYMMDD', '1980131', null],
    ['DDMMYY', '310180', '1980-01-31'],
    ['DD/MM/YYYY', '3/2/1980', '1980-02-03'],
    ['DD/MM/YYYY', '03/02/1980 00:00:00', '1980-02-03'],
    ['DD/MM/YYYY', '1980-02-03', null],
    ['MM/DD/YYYY', '02/03/1980', '1980-02-03'],
    ['DD.MM.YY', '31.01.05', '2005-01-31'],
    ['YYYY-MM-DD', '1980-01-31T10:00:00Z', '1980-01-31'],
    ['YYYY-MM-DD', 'x1980-01-31', null],
    ['DD.MM.YYYY', '31x01x1980', null],
  ] as const) {
    t.equal(dateForm(form)?.(text), iso, `${form} ${text}`);
  }
  for (const form of ['', 'YYYY', 'YYYYMM', 'DD/MM/DD', 'YYYY-MM-DD-MM', 'dd/mm/yyyy', 'YYYYMMDDx']) {
    t.equal(dateForm(form), null, form);
  }
}
