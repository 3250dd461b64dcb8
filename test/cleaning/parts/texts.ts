import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import { matchForm } from '../../../shared/cleaning/match-form.ts';
import { anyText } from '../../support/any-text.ts';
import { clean, cleanerFor, comesTo } from './cleaned.ts';

const placeholder = [null, 'placeholder'] as const;

export async function texts(t: Test): Promise<void> {
  await t.test('T1 what nobody sees is taken out, what people see is left', async (t) => {
    comesTo(t, 'custodiado.nome', {
      'JOÃO DA SILVA': 'JOÃO DA SILVA',
      '  joão   da\tSilva \n': 'joão da Silva',
      'MARIA\u00a0\u2003JOSE': 'MARIA JOSE',
      'ANA\u200b \u200ePAULA\u202e\ufeff': 'ANA PAULA',
      'JOSE\0\0\0': 'JOSE',
      'JO\x07SE': ['JOSE', 'encoding-doubtful'],
      'JOSE\u0301': 'JOSÉ',
      'A\u200b\u0301NGELA': 'ÁNGELA',
      '': null,
      ' \t\u200b ': null,
      'D’ÁVILA': 'D’ÁVILA',
      // Cut by its source at fifty characters, as many are.
      'FRANCISCO DAS CHAGAS DE OLIVEIRA ALBUQUERQUE CAVAL':
        'FRANCISCO DAS CHAGAS DE OLIVEIRA ALBUQUERQUE CAVAL',
    });
  });

  await t.test('T2 of a name, what stands for none', async (t) => {
    const none = [
      ...[
        'NAO CONSTA',
        'Não consta',
        'NÃO INFORMADO',
        'NAO DECLARADO',
        'Não declarada',
        'IGNORADO',
        'Ignorada',
      ],
      ...[
        'DESCONHECIDO',
        'DESCONHECIDA',
        'SEM INFORMACAO',
        'Sem informações',
        'N/C',
        'N/A',
        'NC',
        'ND',
        'N.I.',
      ],
      ...[
        'XXX',
        'xxxxx',
        'X',
        '...',
        '-',
        '***',
        '0',
        '000',
        'NULL',
        '(null)',
        'TESTE',
        '(NÃO INFORMADO)',
        'AAAA',
        'BBBBBBBB',
      ],
      ...[
        'PAI DESCONHECIDO',
        'MÃE IGNORADA',
        'NOME DO PAI NAO INFORMADO',
        'NAO CONSTA NA CERTIDAO',
        'NADA CONSTA',
      ],
      ...['SEM PAI', 'NENHUM', '?', 'X X X'],
    ];
    comesTo(t, 'custodiado.nome_pai', Object.fromEntries(none.map((word) => [word, placeholder])));
    const names = [
      'PAI JOÃO',
      'NADIR',
      'Nair',
      'XAVIER',
      'IGNÁCIO',
      'DESIDERIO',
      'Ó',
      'TESTE DA SILVA',
      'SEMI',
    ];
    comesTo(t, 'custodiado.nome_pai', Object.fromEntries(names.map((name) => [name, name])));
  });

  await t.test('T3 a text may be what is no name', async (t) => {
    const given = ['NA', 'NC', '0', 'X', 'XX', 'NENHUMA', 'B-12', 'SI'];
    comesTo(t, 'custodia.cela', Object.fromEntries(given.map((word) => [word, word])));
    const none = ['N/A', 'N.C.', 'NÃO INFORMADO', '-', '...', 'XXX', 'NULL', 'Não se aplica'];
    comesTo(t, 'custodia.cela', Object.fromEntries(none.map((word) => [word, placeholder])));
  });

  await t.test('T4 what is longer than any name or text', async (t) => {
    const name = 'MARIA '.repeat(33);
    comesTo(t, 'custodiado.nome', {
      [name]: name.trim(),
      [`${name}JOSE`]: [null, 'too-long'],
      ['A B'.repeat(1333)]: [null, 'too-long'],
    });
    comesTo(t, 'movimentacao.motivo', {
      ['A B'.repeat(1333)]: 'A B'.repeat(1333),
      // Unicode's form C of it is twice as long.
      ['\u{1d15e}'.repeat(2100)]: [null, 'too-long'],
    });
  });

  await t.test('T5 several names, one a line', async (t) => {
    comesTo(t, 'custodiado.alcunhas', {
      'NEGUINHO, BIRA; Zé/TICO|TECO\nZECA': 'NEGUINHO\nBIRA\nZé\nTICO\nTECO\nZECA',
      'ZE E BIRA': 'ZE\nBIRA',
      'ZÉ OU BIRA': 'ZÉ\nBIRA',
      'JOAO DA SILVA E SOUZA': 'JOAO DA SILVA E SOUZA',
      '"NEGO" e (Bira)': 'NEGO\nBira',
      'ze, ZÉ, Ze': 'ze',
      'NAO CONSTA': placeholder,
      'N/C': placeholder,
      'BIRA, NAO CONSTA': 'BIRA',
      ';,': placeholder,
      '/ OU ;': placeholder,
      ' \u200b ': null,
      [`BIRA, ${'ZE '.repeat(80)}`]: [null, 'too-long'],
    });
  });

  await t.test('T6 the match form is the same for all spellings, and of itself', async (t) => {
    t.equal(matchForm('João d’Ávila'), matchForm('JOAO D’AVILA'));
    t.equal(matchForm('Conceição'), 'CONCEICAO');
    fc.assert(
      fc.property(anyText(), (text) => {
        const form = matchForm(text);
        assert.equal(matchForm(text.normalize('NFD')), form);
        assert.equal(matchForm(form), form);
      }),
    );
  });

  await t.test('T7 what comes out is of form C, with single blanks inside', async () => {
    const cleaner = cleanerFor('movimentacao.motivo');
    fc.assert(
      fc.property(anyText(), (text) => {
        const { value } = clean(cleaner, text);
        if (value === null) return;
        assert.equal(value, value.normalize('NFC'));
        assert.doesNotMatch(value, /^\s|\s$|\s\s|[^\S ]|\p{Cc}|\p{Cs}|\u200b|\u202e/u);
      }),
    );
  });
}
