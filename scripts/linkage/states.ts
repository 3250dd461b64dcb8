import { getMunicipalities } from '@brazilian-utils/brazilian-utils/get-municipalities';
import type { Rng } from '../demo/rng.ts';
import { nameList } from './weighted.ts';

/** States by their people, in hundreds of thousands. */
const states = nameList(`
  SP 444, MG 205, RJ 161, BA 141, PR 114, RS 109, PE 91, CE 88, PA 81, SC 76, GO 71, MA 68, AM 39, ES 38, PB 40, MT 37,
  RN 33, PI 33, AL 31, DF 28, MS 28, SE 22, RO 16, TO 15, AC 8, AP 7, RR 6`);

const placesOfEach = 120;

export function drawState(rng: Rng): string {
  return states.draw(rng).spellings[0];
}

const known = new Map<string, readonly string[]>();

/** Seven digits; the first of a state's hundred and twenty places are the likelier, by one over their rank. */
export function birthplaceIn(uf: string, rng: Rng): string {
  let places = known.get(uf);
  if (places === undefined) {
    places = getMunicipalities(uf as 'AL')
      .slice(0, placesOfEach)
      .map(({ code }) => code);
    known.set(uf, places);
  }
  return places[Math.floor(places.length ** rng.fraction()) - 1] ?? places[0] ?? '';
}
