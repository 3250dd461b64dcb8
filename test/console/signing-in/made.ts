import { setPassword } from '../../../central/base/access-layer/passwords.ts';
import { hashPassword } from '../../../central/console/access/passwords.ts';
import type { Role } from '../../../central/console/access/roles.ts';
import {
  newTemporaryPassword,
  setTemporaryPassword,
} from '../../../central/console/access/temporary-password.ts';
import { type ConsoleScene, madeBody, madePerson } from '../scene.ts';

export const password = 'girafas comem jaca';

export interface MadeAccount {
  readonly id: string;
  readonly cpf: string;
  readonly name: string;
  readonly body: { readonly id: string; readonly short: string };
}

/** Somebody of a body of their own who has chosen a password, all the same one. */
export async function madeAccount(
  scene: ConsoleScene,
  roles: readonly Role[] = ['agente'],
): Promise<MadeAccount> {
  const body = await madeBody(scene);
  const made = await madePerson(scene, body.id, roles);
  // Cheap, as most that are tried against it are wrong; the first one that is right has it made anew.
  hashed ??= hashPassword(password, { memory: 64, passes: 1, parallelism: 1 });
  const hash = await hashed;
  await scene.base.transaction((tx) =>
    setPassword(tx, { person: made.id, hash, temporaryUntil: null }, scene.now()),
  );
  return { ...made, body };
}

let hashed: Promise<string> | undefined;

/** Gives somebody a temporary password, as the commands do. */
export async function givenTemporary({ base, now }: ConsoleScene, person: string): Promise<string> {
  const made = await newTemporaryPassword();
  await base.transaction((tx) => setTemporaryPassword(tx, { person, hash: made.hash }, now()));
  return made.password;
}
