import type { Test } from 'tap';
import { comesTo } from './cleaned.ts';

export async function codes(t: Test): Promise<void> {
  await t.test('C1 the national value, by any spelling of the list and by itself', async (t) => {
    comesTo(t, 'custodiado.estado_civil', {
      Solteiro: 'solteiro',
      ' SOLTEIRO (A) ': 'solteiro',
      solteiro: 'solteiro',
      uniao_estavel: 'uniao_estavel',
      'UniÃ£o estÃ¡vel': ['uniao_estavel', 'encoding-mended'],
      'Não Declarado': [null, 'placeholder'],
      XXX: [null, 'placeholder'],
      Enrolado: [null, 'unknown-code'],
      '0': [null, 'unknown-code'],
      '': null,
      ['SOLTEIRO '.repeat(30)]: [null, 'too-long'],
    });
  });

  await t.test('C2 what people assigned counts first, for one state and one column', async (t) => {
    const words = new Map<string, string | null>([
      ['ENROLADO', 'uniao_estavel'],
      ['SOLTEIRO', 'divorciado'],
      ['PRETO', null],
      ['GONE', 'no_such_value'],
    ]);
    const context = { timeZone: 'America/Maceio', assigned: new Map([['custodiado.estado_civil', words]]) };
    comesTo(
      t,
      'custodiado.estado_civil',
      {
        Enrolado: 'uniao_estavel',
        ' enrolado': 'uniao_estavel',
        'Enro-lado.': 'uniao_estavel',
        Solteiro: 'divorciado',
        Preto: [null, 'placeholder'],
        Gone: [null, 'unknown-code'],
        Casado: 'casado',
      },
      context,
    );
    comesTo(t, 'custodiado.cor_raca', { Preto: 'preta' }, context);
  });
}
