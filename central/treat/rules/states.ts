/** What the numbers of courts, municipalities and postal codes say of a state. */
export interface State {
  /** The first two digits of its municipalities' codes (IBGE). */
  readonly ibge: string;
  /** Its court's number, in processes of the state's courts (J = 8) and of the electoral ones (J = 6): CNJ Res. 65/2008. */
  readonly court: string;
  /** The regional federal courts (J = 4) that are or were its own. */
  readonly federal: readonly string[];
  /** First and last five digits of its postal codes (Correios). */
  readonly postal: readonly (readonly [from: string, to: string])[];
}

type Line = readonly [ibge: string, court: string, federal: string, ...postal: readonly string[]];

const lines: Readonly<Record<string, Line>> = {
  AC: ['12', '01', '01', '69900-69999'],
  AL: ['27', '02', '05', '57000-57999'],
  AM: ['13', '04', '01', '69000-69299', '69400-69899'],
  AP: ['16', '03', '01', '68900-68999'],
  BA: ['29', '05', '01', '40000-48999'],
  CE: ['23', '06', '05', '60000-63999'],
  DF: ['53', '07', '01', '70000-72799', '73000-73699'],
  ES: ['32', '08', '02', '29000-29999'],
  GO: ['52', '09', '01', '72800-72999', '73700-76799'],
  MA: ['21', '10', '01', '65000-65999'],
  // The sixth region was made of the first in 2022; numbers given before stay.
  MG: ['31', '13', '01 06', '30000-39999'],
  MS: ['50', '12', '03', '79000-79999'],
  MT: ['51', '11', '01', '78000-78899'],
  PA: ['15', '14', '01', '66000-68899'],
  PB: ['25', '15', '05', '58000-58999'],
  PE: ['26', '17', '05', '50000-56999'],
  PI: ['22', '18', '01', '64000-64999'],
  PR: ['41', '16', '04', '80000-87999'],
  RJ: ['33', '19', '02', '20000-28999'],
  RN: ['24', '20', '05', '59000-59999'],
  // The second are the ones of before.
  RO: ['11', '22', '01', '76800-76999', '78900-78999'],
  RR: ['14', '23', '01', '69300-69399'],
  RS: ['43', '21', '04', '90000-99999'],
  SC: ['42', '24', '04', '88000-89999'],
  SE: ['28', '25', '05', '49000-49999'],
  SP: ['35', '26', '03', '01000-19999'],
  TO: ['17', '27', '01', '77000-77999'],
};

/** By the name of the source; the federal prison system, `BR`, is in no state. */
export const states: ReadonlyMap<string, State> = new Map(
  Object.entries(lines).map(([name, [ibge, court, federal, ...postal]]) => [
    name,
    {
      ibge,
      court,
      federal: federal.split(' '),
      postal: postal.map((range) => [range.slice(0, 5), range.slice(6)] as const),
    },
  ]),
);

/** Whether the court of a process number, its twenty digits alone, is one of a state's or of no state. */
export function isCourtOf(state: State, number: string): boolean {
  const [justice, court] = [number.slice(13, 14), number.slice(14, 16)];
  // State, electoral and military courts have the state's number.
  if (justice === '8' || justice === '6' || justice === '9') return court === state.court;
  return justice !== '4' || court === '90' || state.federal.includes(court);
}
