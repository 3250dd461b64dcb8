import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import { codeForm } from '../../../shared/dictionary/codes/code-form.ts';
import { type CodeList, codeList } from '../../../shared/dictionary/codes/code-list.ts';
import * as custody from '../../../shared/dictionary/codes/custody.ts';
import { findCode, impliedBy } from '../../../shared/dictionary/codes/find-code.ts';
import * as person from '../../../shared/dictionary/codes/person.ts';
import * as sentence from '../../../shared/dictionary/codes/sentence.ts';
import { standardViews } from '../../../shared/dictionary/standard-views.ts';

/** What a real state system and INFOPEN's form offer, as they are spelled there, by the national value. */
const sent: readonly (readonly [CodeList, Readonly<Record<string, readonly string[]>>])[] = [
  [person.sexo, { feminino: ['F', 'Feminino', 'FEM.'], masculino: ['M', 'MASCULINO'] }],
  [
    person.estadoCivil,
    {
      uniao_estavel: ['Amasiado', 'União Estável', 'União Estavel', 'União estável/amasiado'],
      separado: ['Separado Judicialmente', 'Separado/a judicialmente'],
      viuvo: ['Viúvo', 'Viuvo', 'Viúvo/a'],
      solteiro: ['Solteiro', 'Solteiro/a'],
    },
  ],
  [
    person.escolaridade,
    {
      medio_incompleto: ['Ensino Medio Incompleto', '2º Grau Incompleto', 'MÉDIO INCOMPLETO'],
      pos_graduacao: ['Pós-Graduado', 'Mestrado', 'Doutorado', 'Ensino acima de Superior Completo'],
      alfabetizado: ['Alfabetizado (sem cursos regulares)'],
    },
  ],
  [person.vinculoSituacao, { ativo: ['A', 'Autorizado(a)'], encerrado: ['I'], suspenso: ['Suspenso(a)'] }],
  [
    custody.regime,
    {
      semiaberto: [
        ...['Semiaberto', 'Semi-Aberto', 'SEMI ABERTO', 'Semi-Aberto Sem Saida', 'Semi-Aberto Com Saída'],
        ...['Semi-Aberto Com Trabalho Externo e Saída', 'Semi-Aberto Com Trabalho Concedido'],
        ...['Semi-Aberto Com Trabalho Concedido e Saída', 'Semi-Aberto Com Trabalho e Saída'],
      ],
      sem_regime: [
        'Provisório',
        'PROVISORIO',
        'Temporário',
        'Mandado de Prisão Cível',
        'Medida de Segurança',
      ],
      tratamento_ambulatorial: ['Medida de Tratamento'],
    },
  ],
  [
    custody.natureza,
    {
      provisoria: ['MANDADO DE PRISÃO PREVENTIVA', 'FLAGRANTE', 'Processado', 'PROVISORIO'],
      temporaria: ['MANDADO DE PRISÃO TEMPORÁRIA'],
      condenacao: ['CUMPRIMENTO DE SENTENÇA', 'MANDADO DE PRISÃO CONDENATÓRIO', 'CONDENADO'],
      medida_seguranca: ['MS', 'MEDIDA DE SEGURANÇA'],
    },
  ],
  [
    custody.motivoSaida,
    {
      registro_duplicado: ['Duplicidade de Registros'],
      transferencia: ['Transferência de Presidio', 'Transferência para Estado de Origem'],
      revogacao_preventiva: ['revogação da preventiva'],
      debito_alimentar: ['quitação de débito alimentar'],
      fuga: ['Fuga', 'Abandonos'],
      obito: ['Óbito', 'Óbitos naturais/ óbitos por motivos de saúde'],
    },
  ],
  [
    sentence.conduta,
    {
      otima: ['Ótimo', 'ÓTIMA'],
      boa: ['Bom', 'BOA'],
      ma: ['Má', 'RUIM'],
      nao_classificada: ['Aguardando CD'],
    },
  ],
];

const lists = new Map(
  standardViews.flatMap(({ columns }) =>
    columns.flatMap(({ codes }) => (codes === undefined ? [] : [[codes.name, codes] as const])),
  ),
);

const spellingsOf = (list: CodeList) =>
  list.values.flatMap(({ code, label, spellings }) =>
    [code, label, ...spellings].map((spelling) => ({ code, spelling })),
  );

/** The lists of national values, and how what states write comes to one of them. */
export async function codes(t: Test): Promise<void> {
  await t.test('a spelling belongs to one national value only', (t) => {
    t.ok(lists.size > 15);
    for (const list of lists.values()) {
      const owners = new Map<string, string>();
      for (const { code, spelling } of spellingsOf(list)) {
        const form = codeForm(spelling);
        t.not(form, '', `${list.name}: ${spelling}`);
        t.equal(owners.get(form) ?? code, code, `${list.name}: ${spelling}`);
        owners.set(form, code);
        t.equal(findCode(list, spelling), code);
      }
    }
    t.end();
  });

  await t.test('what states really send has a national value', (t) => {
    for (const [list, expected] of sent) {
      for (const [code, texts] of Object.entries(expected)) {
        for (const text of texts) t.equal(findCode(list, text), code, `${list.name}: ${text}`);
      }
    }
    t.end();
  });

  await t.test('case, accents, blanks and punctuation make no difference', (t) => {
    const known = [...lists.values()].flatMap((list) => spellingsOf(list).map((each) => ({ list, ...each })));
    const noise = fc.array(fc.constantFrom(' ', '-', '.', '/', '(', '\t', '\u00a0', "'"), { maxLength: 2 });
    fc.assert(
      fc.property(
        fc.constantFrom(...known),
        fc.array(fc.tuple(fc.boolean(), noise), { minLength: 1, maxLength: 20 }),
        fc.constantFrom('NFC', 'NFD'),
        ({ list, code, spelling }, changes, form) => {
          const text = Array.from(spelling.normalize(form)).map((character, index) => {
            const [isUpper, between] = changes[index % changes.length] ?? [false, []];
            return `${between.join('')}${isUpper ? character.toUpperCase() : character.toLowerCase()}`;
          });
          assert.equal(findCode(list, text.join('')), code);
        },
      ),
    );
    t.pass('each spelling, disturbed');
    t.end();
  });

  await t.test('what only stands in the place of a value is none of any list', (t) => {
    const placeholders = ['Não Informado', 'NAO INFORMADA', 'Não Declarado', 'IGNORADO', '', ' - ', 'XXX'];
    for (const list of lists.values()) {
      t.same(
        placeholders.filter((text) => findCode(list, text) !== undefined),
        [],
        list.name,
      );
    }
    t.end();
  });

  await t.test('a regime that is none says what kind of custody it is', (t) => {
    const kinds = ['Provisório', 'TEMPORARIO', 'Mandado de Prisão Cível', 'Medida de Segurança', 'Fechado'];
    t.strictSame(
      kinds.map((text) => impliedBy(custody.regime, text)),
      [
        ...[{ natureza: 'provisoria' }, { natureza: 'temporaria' }, { natureza: 'civil' }],
        ...[{ natureza: 'medida_seguranca' }, {}],
      ],
    );
    t.end();
  });

  await t.test('what is implied is a value of a column beside, by a spelling that is known', (t) => {
    for (const { name, columns } of standardViews) {
      for (const { codes: list } of columns) {
        for (const { spelling, columns: implied } of list?.implies ?? []) {
          t.ok(list !== undefined && findCode(list, spelling) !== undefined, `${name}: ${spelling}`);
          for (const [column, code] of Object.entries(implied)) {
            const beside = columns.find((each) => each.name === column)?.codes;
            t.ok(
              beside?.values.some((value) => value.code === code),
              `${name}.${column}: ${code}`,
            );
          }
        }
      }
    }
    t.end();
  });

  await t.test('a list is looked up by what it holds, not by what objects have', (t) => {
    const list = codeList('vazia', {});
    t.equal(findCode(list, 'constructor'), undefined);
    t.strictSame(impliedBy(list, '__proto__'), {});
    t.end();
  });
}
