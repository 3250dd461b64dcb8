import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import { recordCodeMap } from '../../../central/base/decided-layer/code-maps.ts';
import { treat } from '../../../central/treat/treat.ts';
import { wordForm } from '../../../shared/cleaning/codes/word-form.ts';
import { query } from '../../support/bases.ts';
import { given, today } from '../bad-input/given.ts';
import { BesideBase } from '../small-state/beside.ts';

const source = 'TO';
const said = { source, who: 'maria', through: 'command', reason: null };

/**
 * Before each transaction of a treatment, one after the other: somebody assigns a word, another treatment takes that up to
 * its end, and a page loads that the first one has still to type.
 */
export async function assignedMeanwhile(t: Test, base: Base): Promise<void> {
  const columns = ['id', 'custodiado_id', 'regime', 'ala'];
  const row = (ala: string) => ['1', '1', 'SEMIAB QQ', ala];
  const loader = await given(base, source, 'custodia', columns, [row('')]);
  const type = (on: Base) => treat(on, { sources: [source], rules: [], step: 'type', today });
  let place = 0;
  for (let came = true; came; place++) {
    came = false;
    const code = place % 2 === 0 ? 'semiaberto' : 'aberto';
    await type(
      new BesideBase(base, async (transaction) => {
        if (transaction !== place) return;
        came = true;
        const word = { column: 'custodia.regime', word: wordForm('SEMIAB QQ') ?? '', code };
        await base.transaction((tx) => recordCodeMap(tx, { ...said, ...word }));
        await type(base);
        await loader.load([row(`${place}`)]);
      }),
    );
    if (!came) break;
    await type(base);
    const typed = await query(base, 'SELECT regime, ala FROM nacional.custodia WHERE fonte = $1', [source]);
    t.strictSame(typed, [{ regime: code, ala: `${place}` }], `before transaction ${place}`);
    const past = await query(
      base,
      'SELECT DISTINCT regime FROM nacional.historico_custodia WHERE fonte = $1',
      [source],
    );
    t.ok(past.length <= 1, 'and for what the row was');
  }
  t.ok(place > 3, `${place} places`);
}
