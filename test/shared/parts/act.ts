import type { Test } from 'tap';
import { agreementState, agreementTerm } from '../../../shared/act.ts';

/** First and last instant, in UTC; Brasília is three hours behind, and was two in its summers until 2019. */
function term(begin: string, months: number): [string, string] {
  const { begin: first, end } = agreementTerm(begin, months);
  return [first.toISOString(), end.toISOString()];
}

export async function agreements(t: Test): Promise<void> {
  void t.test('the term of an agreement', async (t) => {
    t.same(term('2026-03-10', 60), ['2026-03-10T03:00:00.000Z', '2031-03-10T02:59:59.000Z'], 'five years');
    t.same(term('2026-12-01', 1), ['2026-12-01T03:00:00.000Z', '2027-01-01T02:59:59.000Z'], 'over the year');
    t.same(term('2026-01-31', 1), ['2026-01-31T03:00:00.000Z', '2026-03-01T02:59:59.000Z'], 'short month');
    t.same(term('2024-01-31', 1), ['2024-01-31T03:00:00.000Z', '2024-03-01T02:59:59.000Z'], 'to a leap year');
    t.same(
      term('2024-02-29', 12),
      ['2024-02-29T03:00:00.000Z', '2025-03-01T02:59:59.000Z'],
      'from a leap day',
    );
    t.same(term('2024-02-29', 48), ['2024-02-29T03:00:00.000Z', '2028-02-29T02:59:59.000Z'], 'leap to leap');
    t.same(term('2026-08-31', 6), ['2026-08-31T03:00:00.000Z', '2027-03-01T02:59:59.000Z'], 'month ends');
    t.same(term('2026-08-31', 1), ['2026-08-31T03:00:00.000Z', '2026-10-01T02:59:59.000Z'], 'of 30 days');
    t.same(term('2026-01-30', 1), ['2026-01-30T03:00:00.000Z', '2026-03-01T02:59:59.000Z'], 'two short');
    t.same(term('2026-01-28', 1), ['2026-01-28T03:00:00.000Z', '2026-02-28T02:59:59.000Z'], 'as long');
    t.same(term('2018-11-04', 1), ['2018-11-04T03:00:00.000Z', '2018-12-04T01:59:59.000Z'], 'no midnight');
  });

  void t.test('the last second of the last day belongs to it', async (t) => {
    const { begin, end } = agreementTerm('2026-03-10', 60);
    const at = (milliseconds: number) =>
      agreementState({ begin, end, declared: 'active' }, end.getTime() + milliseconds);
    t.strictSame([at(-1), at(0), at(999), at(1000)], ['active', 'active', 'active', 'ended']);
    t.equal(agreementState({ begin, end, declared: 'active' }, begin.getTime() - 1), 'pending');
  });

  void t.test('what is no day', async (t) => {
    const days = ['', '2025-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '10/03/2026', '2026-3-1'];
    const other = [
      '20260310',
      '2026-03-10T00:00',
      '2026-03-10[u-ca=hebrew]',
      ' 2026-03-10',
      '+002026-03-10',
      'x',
    ];
    for (const begin of [...days, ...other]) {
      t.throws(() => agreementTerm(begin, 12), { code: 'option-invalid' }, `"${begin}"`);
    }
  });

  void t.test('what is no number of months', async (t) => {
    for (const months of [0, -1, 1.5, 601, Number.NaN, Number.POSITIVE_INFINITY]) {
      t.throws(() => agreementTerm('2026-03-10', months), { code: 'option-invalid' }, String(months));
    }
    t.ok(agreementTerm('2026-03-10', 600));
  });
}
