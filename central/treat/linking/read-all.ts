import type { Questions } from '../../base/base.ts';
import { allDecisions } from '../../base/decided-layer/link-decisions.ts';
import { eachRegister } from '../../base/national-layer/link-registers.ts';
import type { Decision } from '../link/cluster/decisions.ts';
import { locales } from '../link/locale/locales.ts';
import { neutral } from '../link/locale/neutral.ts';
import { type Registers, RegistersBuilder } from '../link/registers/builder.ts';

const atOnce = 5000;

/** All registers of the base as columns, which is what of them is in memory. @param locale of the model, by its name */
export async function readAllRegisters(questions: Questions, locale: string): Promise<Registers> {
  const builder = new RegistersBuilder({ locale: locales[locale] ?? neutral });
  for await (const part of eachRegister(questions, atOnce)) {
    for (const register of part) builder.add(register);
  }
  return builder.done();
}

/** By register, whose it is now. */
export async function readPersons(questions: Questions): Promise<ReadonlyMap<string, string>> {
  const persons = new Map<string, string>();
  const sql = 'SELECT natal_id::text AS register, pessoa_id::text AS person FROM nacional.registro';
  for await (const part of questions.rows<{ register: string; person: string }>(sql, [], { atOnce })) {
    for (const { register, person } of part) persons.set(register, person);
  }
  return persons;
}

/** All decisions that stand and say something, as linkage takes them. */
export async function readDecisions(questions: Questions): Promise<readonly Decision[]> {
  return (await allDecisions(questions)).flatMap(({ number, a, b, says }): Decision[] =>
    says === 'unsure' ? [] : [{ id: number, a, b, says }],
  );
}
