import type { Transaction } from '../base.ts';
import { commonKeys, numberOf, registersHaving, storedKeys } from './link-keys.ts';
import { replacePairs } from './link-pairs.ts';
import {
  forgetMoves,
  personsOf,
  registersOfPersons,
  removeTooLarge,
  setPersons,
  sourcesOf,
} from './link-persons.ts';
import { dequeueKeys, enqueueKeys } from './queue.ts';

/**
 * Takes away what linkage knows of registers that go: the persons that they were of are named after others, and whoever had
 * to do with them is linked anew.
 *
 * @param which a condition on `nacional.registro`, which still has them
 * @param forGood also that they ever moved from one person to another
 * @returns how many rows of which table went
 */
export async function removeLinks(
  tx: Transaction,
  which: string,
  forGood: boolean,
): Promise<Record<string, number>> {
  const registers = await tx.query<{ id: string }>(
    `SELECT natal_id::text AS id FROM nacional.registro WHERE ${which}`,
  );
  const gone = new Set(registers.map(({ id }) => id));
  if (gone.size === 0) return {};
  const ids = [...gone];
  const pairs = await replacePairs(tx, ids, []);
  const fellows = await fellowsByCommonKeys(tx, gone);
  const left = await nameAnew(tx, gone);
  // Whose keys are not known is found and compared anew.
  const keys = await tx.query<{ id: string; place: string }>(
    `DELETE FROM nacional.chave WHERE registro = ANY ($1::uuid[])
     RETURNING registro::text AS id, lugar::text AS place`,
    [[...ids, ...fellows]],
  );
  const places = keys.filter(({ id }) => gone.has(id)).map(({ place }) => place);
  await dequeueKeys(tx, 'par', '', places);
  // It is told by none of them how far it has come: what is compared twice comes to the same.
  await tx.query(`UPDATE nacional.varredura SET apos = NULL WHERE assunto = 'par' AND apos = ANY ($1)`, [
    places,
  ]);
  await removeTooLarge(tx, ids);
  const moves = forGood ? await forgetMoves(tx, ids) : 0;
  for (const { source, register } of await sourcesOf(tx, fellows)) {
    await enqueueKeys(tx, 'registro', source, [register]);
  }
  const beside = pairs.flatMap(({ a, b }) => [a, b]).filter((id) => !gone.has(id));
  await enqueueKeys(tx, 'grupo', '', [...new Set([...beside, ...left])]);
  const own = keys.filter(({ id }) => gone.has(id));
  return { 'nacional.chave': own.length, 'nacional.par': pairs.length, 'nacional.evento_pessoa': moves };
}

/**
 * Of those who are found by a key that too many have, one for each such key: once it is looked at anew, so is whether there
 * are still too many.
 */
async function fellowsByCommonKeys(tx: Transaction, gone: ReadonlySet<string>): Promise<string[]> {
  const common = await commonKeys(tx);
  if (common.size === 0) return [];
  const fellows = new Set<string>();
  for (const { keys } of (await storedKeys(tx, [...gone])).values()) {
    for (const [rule, key] of keys.entries()) {
      if (!common.has(numberOf({ rule, key }))) continue;
      const having = await registersHaving(tx, [{ rule, key }]);
      const other = having.find(({ register }) => !gone.has(register));
      if (other !== undefined) fellows.add(other.register);
    }
  }
  return [...fellows];
}

/** Returns the other registers of the persons that some registers are of. */
async function nameAnew(tx: Transaction, gone: ReadonlySet<string>): Promise<string[]> {
  const persons = (await personsOf(tx, [...gone])).map(({ person }) => person);
  const others = (await registersOfPersons(tx, persons)).filter(({ register }) => !gone.has(register));
  const left = await personsOf(
    tx,
    others.map(({ register }) => register),
  );
  const first = new Map<string, string>();
  for (const { register, person } of left) if (!first.has(person)) first.set(person, register);
  await setPersons(
    tx,
    left.flatMap(({ register, person }) => {
      const to = first.get(person) as string;
      return to === person ? [] : [{ register, from: person, to }];
    }),
  );
  return left.map(({ register }) => register);
}
