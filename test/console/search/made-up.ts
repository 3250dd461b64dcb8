import * as fc from 'fast-check';
import { typedViews } from '../../../central/base/national-layer/typed-views.ts';
import { sensitiveRows } from '../../../central/base/sight/sensitive.ts';
import type { Granted } from '../../../central/base/sight/sight.ts';
import type { SearchQuery } from '../../../central/console/search/fields.ts';
import { type National, type Row, register, row } from './national.ts';

const given = ['JOSÉ', 'JOZÉ', 'MARIA', 'JOÃO', 'WASHINGTON', 'WASHINTON', 'ANA', 'FRANCISCO'];
const surnames = [
  'SILVA',
  'SILVIA',
  'DA SOUZA',
  'SOUSA',
  'SANTOS',
  'DOS SANTANA',
  'ALBUQUERQUE',
  'ALBUQUERQE',
];
const short = ['ZÉ', 'CHICO', 'NINGUÉM', 'SANTOS'];
const births = ['1980-01-31', '1980-06-01', '1991-12-31', '2015-05-05'];
const cpfs = ['52998224725', '11144477735'];
const units = ['PRESÍDIO DE MACEIÓ', 'CADEIA PÚBLICA', 'PRESÍDIO SÃO JOSÉ'];
const sources = ['AL', 'SE'];

const name = fc
  .tuple(fc.constantFrom(...given), fc.constantFrom(...surnames), fc.option(fc.constantFrom(...surnames)))
  .map((words) => words.filter((word) => word !== null).join(' '));
const orNothing = <T>(values: fc.Arbitrary<T>) => fc.option(values, { freq: 2 });

const person = fc.record({
  source: fc.constantFrom(...sources),
  role: fc.constantFrom('custodiado', 'custodiado', 'custodiado', 'visitante', 'advogado' as const),
  nome: orNothing(name),
  nome_social: orNothing(name),
  alcunhas: orNothing(fc.subarray(short, { minLength: 1 })),
  other: orNothing(name),
  nome_mae: orNothing(name),
  data_nascimento: orNothing(fc.constantFrom(...births)),
  cpf: orNothing(fc.constantFrom(...cpfs)),
  rg: orNothing(fc.constantFrom('1234567', '7654321')),
  oab_numero: fc.constantFrom('1234', '77'),
  unit: fc.option(fc.nat({ max: units.length - 1 })),
  regime: fc.constantFrom('fechado', 'semiaberto', null),
  process: orNothing(fc.constantFrom('00012347520268020001', '00043213920268020001')),
  /** Of the one before it. */
  same: fc.boolean(),
});

/** A small nation in which names come again and again, in two states. */
export const nations: fc.Arbitrary<National> = fc
  .array(person, { minLength: 10, maxLength: 40 })
  .map((people) => {
    const national: Record<string, Row[]> = {
      ...{ registro: [], outro_nome: [], custodia: [], processo: [] },
      unidade: sources.flatMap((source) => units.map((nome, at) => row(source, `u${at}`, { nome }))),
    };
    const put = (table: string, one: Row) => national[table]?.push(one);
    const last = new Map<string, unknown>();
    for (const [at, one] of people.entries()) {
      const { source, role, nome, nome_social, alcunhas, other, nome_mae, data_nascimento, cpf, rg } = one;
      const id = String(at);
      const values = {
        custodiado: { nome, nome_social, alcunhas, nome_mae, data_nascimento, cpf, rg },
        visitante: { nome, nome_mae, data_nascimento, cpf, rg },
        advogado: { nome, cpf, oab_numero: one.oab_numero, oab_uf: source },
      }[role];
      const made = register(source, role, id, values);
      const before = last.get(role);
      const whose = one.same && before !== undefined ? { pessoa_id: before } : {};
      last.set(role, whose.pessoa_id ?? made['pessoa_id']);
      put('registro', { ...made, ...whose });
      if (role !== 'custodiado') continue;
      if (other !== null) put('outro_nome', row(source, id, { custodiado_id: id, nome: other }));
      if (one.unit !== null) {
        const unidade_id = `u${one.unit}`;
        put(
          'custodia',
          row(source, id, { custodiado_id: id, unidade_id, entrada: '2024-01-01', regime: one.regime }),
        );
      }
      if (one.process !== null)
        put('processo', row(source, id, { custodiado_id: id, numero_cnj: one.process }));
    }
    return national;
  });

const searchedViews = ['visitante', 'advogado', 'outro_nome', 'custodia', 'unidade', 'processo'];
const fields = typedViews
  .filter(({ view }) => ['custodiado', ...searchedViews].includes(view.name))
  .flatMap(({ view, columns }) => columns.map(({ name }) => `${view.name}.${name}`));
const found = ['nome', 'nome_social', 'alcunhas', 'nome_mae', 'data_nascimento', 'cpf', 'rg'];

/** Grants that a page of a search may be judged by. */
export const grants: fc.Arbitrary<Granted> = fc.record({
  views: fc.subarray(searchedViews).map((views) => ['custodiado', ...views]),
  sensitive: fc.subarray(Object.keys(sensitiveRows)),
  hidden: fc.oneof(
    fc.constant([]),
    fc.subarray(found, { maxLength: 4 }).map((names) => names.map((one) => `custodiado.${one}`)),
    fc.subarray(fields, { maxLength: 12 }),
  ),
  states: fc.constantFrom([], ['AL'], ['SE'], ['AL', 'SE']),
});

export const allOf: Granted = {
  views: typedViews.map(({ view }) => view.name),
  sensitive: Object.keys(sensitiveRows),
  ...{ hidden: [], states: [] },
};

const asked = fc.oneof(
  ...[name, fc.constantFrom(...given), fc.constantFrom(...short, ...surnames), fc.constantFrom(...cpfs)],
  ...[fc.constantFrom('WASHIGTON SILVA', 'JOSE SILVAA', 'MRIA SOUZA', '1234567', 'OAB 1234', 'OAB/SE 77')],
  fc.constantFrom('0001234-75.2026.8.02.0001', 'PRESIDIO', 'JOSE 1980', 'ANA 31/01/1980'),
);

export const queries: fc.Arbitrary<SearchQuery> = fc
  .record({
    q: fc.option(asked, { nil: undefined, freq: 8 }),
    mae: fc.option(name, { nil: undefined, freq: 1 }),
    nascimento: fc.option(fc.constantFrom('1980', '31/01/1980', '06/1980'), { nil: undefined, freq: 1 }),
    estado: fc.option(fc.constantFrom('AL', 'SE'), { nil: undefined, freq: 1 }),
    unidade: fc.option(fc.constantFrom('presidio', 'sao jose', 'cadeia'), { nil: undefined, freq: 1 }),
    custodia: fc.option(fc.constantFrom('sim', 'nao'), { nil: undefined, freq: 1 }),
    regime: fc.option(fc.constantFrom('fechado'), { nil: undefined, freq: 1 }),
    tipo: fc.option(fc.constantFrom('custodiado', 'visitante', 'advogado'), { nil: undefined, freq: 1 }),
    parecidos: fc.option(fc.constant('sim'), { nil: undefined, freq: 1 }),
  })
  .map((query) => Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)));
