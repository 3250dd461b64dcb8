import { randomUUID } from 'node:crypto';
import { addPerson } from '../../central/base/access-layer/people.ts';
import { giveRole } from '../../central/base/access-layer/roles.ts';
import type { Role } from '../../central/console/access/roles.ts';
import { type ConsoleScene, madePerson, withCheckDigits } from './scene.ts';

const day = 24 * 3_600_000;

/** Somebody whose role in a body was given so many days ago, for two years; returns them, and the role's id. */
export async function madeDue(
  { base, now }: ConsoleScene,
  body: string,
  role: Role = 'agente',
  daysAgo = 160,
) {
  const person = await madePerson({ base, now } as ConsoleScene, null, []);
  const id = randomUUID();
  const [from, until] = [new Date(now().getTime() - daysAgo * day), new Date(now().getTime() + 730 * day)];
  const given = { id, person: person.id, body, role, from, until, givenBy: null };
  await base.transaction((tx) => giveRole(tx, given));
  return { ...person, role: id };
}

/** Somebody with an account of so many days ago who has done nothing since. */
export async function madeIdle({ base, now }: ConsoleScene, body: string, daysAgo = 100) {
  const id = randomUUID();
  const digits = String(BigInt(`0x${id.replaceAll('-', '')}`) % 10n ** 9n).padStart(9, '0');
  const person = { id, cpf: withCheckDigits(digits), name: `Sicrana ${id.slice(0, 8)}` };
  const then = new Date(now().getTime() - daysAgo * day);
  const until = new Date(now().getTime() + 730 * day);
  await base.transaction(async (tx) => {
    await addPerson(tx, { ...person, email: null }, then);
    const role = { id: randomUUID(), person: id, body, role: 'agente', from: then, until, givenBy: null };
    await giveRole(tx, role);
  });
  return person;
}

/** Since when somebody is blocked, as the page has it that unblocks; empty where it is not shown. */
export async function blockRead(
  browser: { get(path: string): Promise<{ readonly text: string }> },
  person: string,
): Promise<string> {
  const { text } = await browser.get(`/bloqueadas/${person}`);
  return /name="desde" value="([^"]*)"/.exec(text)?.[1] ?? '';
}
