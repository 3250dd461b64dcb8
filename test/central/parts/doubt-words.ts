import type { Test } from 'tap';
import { doubtsAbout } from '../../../central/base/source-layer/view-changes.ts';
import { doubtInWords } from '../../../central/status/doubt-words.ts';
import { viewOf } from '../../support/array-source.ts';

export async function doubtsInWords(t: Test): Promise<void> {
  await t.test('a person reads in Portuguese what they decide about', (t) => {
    const shrank = { code: 'view-shrank' as const, columns: null };
    t.equal(doubtInWords({ ...shrank, subject: '1500' }, 3000), 'linhas que sumiram: 1.500 de 3.000');
    t.equal(doubtInWords({ ...shrank, subject: '1500' }, null), 'linhas que sumiram: 1.500');
    t.not(doubtInWords({ ...shrank, subject: '' }, 3000), '');
    t.end();
  });

  await t.test('the same of what the base doubts of a view that changed', (t) => {
    const before = viewOf('nome', ['id', 'nome', 'cpf', 'em']);
    const known = { ...before, loads: '1', rows: '1', cursor: null, cycleComplete: true };
    const now = viewOf('nome', ['id', 'em'], { epoch: 'other' });
    const said = doubtsAbout(known, now).map(({ columns = null, ...doubt }) =>
      doubtInWords({ ...doubt, columns }, 1),
    );
    t.strictSame(said, [
      'o banco do estado tem outro histórico do que antes',
      'não vieram mais: "nome", "cpf"',
    ]);
    t.end();
  });

  await t.test('one of before its columns were kept is told without them', (t) => {
    const words = doubtInWords({ code: 'column-lost', subject: 'f', columns: null }, 1);
    t.match(words, 'coluna');
    t.notMatch(words, 'não vieram mais');
    t.end();
  });
}
