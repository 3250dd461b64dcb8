import type { Test } from 'tap';
import {
  isOverdue,
  type MilestoneFacts,
  nextStep,
  type Step,
  stepsOf,
} from '../../../central/console/states/milestones.ts';

/** Midnight in Brasília. */
const midnight = (day: string) => `${day}T03:00:00.000Z`;
const nothing: MilestoneFacts = {
  ...{ begin: midnight('2026-01-01'), enrolled: null, views: [], areCollected: true, treated: null },
};

const told = (steps: readonly Step[]) =>
  Object.fromEntries(steps.map(({ code, due, done, daysLeft }) => [code, done ?? `${due} ${daysLeft}`]));

export function milestonesCount(t: Test): void {
  t.strictSame(
    told(stepsOf(nothing, '2026-01-21')),
    {
      ...{ vpn: '2026-01-21 0', hospedagem: '2026-01-21 0' },
      ...{ visoes: '2026-02-15 25', usuario: '2026-02-15 25', 'primeira-conexao': '2026-02-15 25' },
      publicacao: '2026-03-02 40',
    },
    'of a state that was only invited all is to be done, and the last day still counts',
  );
  const [vpn] = stepsOf(nothing, '2026-01-22');
  t.match(vpn, { daysLeft: -1, by: 'estado e SENAPPEN' });
  t.ok(vpn !== undefined && isOverdue(vpn), 'from the next one on it is late');

  const enrolled = {
    ...nothing,
    enrolled: '2026-01-11T01:00:00.000Z',
    views: [null, null],
    areCollected: false,
  };
  const after = stepsOf(enrolled, '2026-01-22');
  t.match(
    told(after),
    { vpn: '2026-01-10', hospedagem: '2026-01-10', usuario: '2026-01-10', visoes: '2026-02-15 24' },
    'enrolling reads a page, on a day of Brasília',
  );
  t.equal(nextStep(after)?.code, 'visoes');

  const some = { ...enrolled, views: [midnight('2026-01-15'), null] };
  t.match(told(stepsOf(some, '2026-02-16')), { visoes: '2026-02-15 -1', 'primeira-conexao': '2026-01-15' });

  const views = [midnight('2026-01-15'), midnight('2026-01-09')];
  const whole = { ...enrolled, views, areCollected: true, treated: '2026-01-12' };
  t.match(
    told(stepsOf(whole, '2026-02-16')),
    { vpn: '2026-01-09', visoes: '2026-01-15', publicacao: '2026-01-15' },
    'of a state that was enrolled anew the earlier one holds; nothing is published before all of it is there',
  );
  t.match(told(stepsOf({ ...whole, areCollected: false }, '2026-02-16')), { publicacao: '2026-03-02 14' });
  t.match(told(stepsOf({ ...whole, treated: '2026-01-20' }, '2026-02-16')), { publicacao: '2026-01-20' });
  t.equal(nextStep(stepsOf(whole, '2026-02-16')), null);

  t.match(
    stepsOf({ ...nothing, begin: null }, '2026-01-22'),
    [{ due: null, daysLeft: null }, {}, {}, {}, {}, {}],
    'where nobody knows when it began nothing is late',
  );
  t.end();
}
