import type { Test } from 'tap';
import { sourceNames } from '../../../central/enrolment/source-names.ts';
import { isCourtOf, states } from '../../../central/treat/rules/states.ts';

/** The states in the order of their courts: CNJ, Resolução 65/2008. */
const byCourt = [
  ...['AC', 'AL', 'AP', 'AM', 'BA', 'CE', 'DF', 'ES', 'GO', 'MA', 'MT', 'MS', 'MG', 'PA'],
  ...['PB', 'PR', 'PE', 'PI', 'RJ', 'RN', 'RS', 'RO', 'RR', 'SC', 'SE', 'SP', 'TO'],
];

/** And in that of their municipalities' codes: IBGE, by region. */
const byMunicipality =
  '11 RO 12 AC 13 AM 14 RR 15 PA 16 AP 17 TO 21 MA 22 PI 23 CE 24 RN 25 PB 26 PE 27 AL 28 SE 29 BA 31 MG 32 ES 33 RJ 35 SP 41 PR 42 SC 43 RS 50 MS 51 MT 52 GO 53 DF';

/** The table of states, by what is known of it from elsewhere. */
export function statesAreWhole(t: Test): void {
  t.same([...states.keys()].sort(), sourceNames.filter((name) => name !== 'BR').sort());
  for (const [place, name] of byCourt.entries()) {
    t.equal(states.get(name)?.court, String(place + 1).padStart(2, '0'), `court of ${name}`);
  }
  const codes = [...states].map(([name, { ibge }]) => `${ibge} ${name}`);
  t.equal(codes.sort().join(' '), byMunicipality);
  const postal = [...states.values()].flatMap((state) => state.postal).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [place, [from, to]] of postal.entries()) {
    t.ok(/^\d{5}$/.test(from) && from < to, `${from}-${to}`);
    t.equal(
      from,
      place === 0 ? '01000' : String(Number(postal[place - 1]?.[1]) + 1).padStart(5, '0'),
      'no gap',
    );
  }
  const [al] = [states.get('AL')];
  t.ok(al && isCourtOf(al, '00012345620264900001'), 'a council of no region is of every state');
  t.end();
}
