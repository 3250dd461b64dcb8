import { setPassword } from '../../../central/base/access-layer/passwords.ts';
import { hashPassword } from '../../../central/console/access/passwords.ts';
import type { Role } from '../../../central/console/access/roles.ts';
import { madeBody, madePerson } from '../scene.ts';
import { App } from '../second-factor/people.ts';
import { password } from '../signing-in/made.ts';
import type { FlowScene } from './scene.ts';
import type { Walk } from './walk.ts';

/** The one that everybody here chooses. */
export { password };

export async function enter({ fill, press }: Walk, cpf: string, typed: string): Promise<void> {
  await fill('CPF', cpf);
  await fill('Senha', typed);
  await press('Entrar');
}

/** Reads the secret of the page as an app does, once typed in wrong. */
export async function registerApp({ fill, press, page, look }: Walk, scene: FlowScene): Promise<App> {
  const app = new App(await page.locator('.chave-totp').innerText());
  await fill('Código de 6 dígitos', app.wrong(scene));
  await press('Cadastrar aplicativo');
  await look('codigo-errado');
  await fill('Código de 6 dígitos', app.code(scene));
  await fill('Nome do aplicativo', "Celular d'Ávila");
  await press('Cadastrar aplicativo');
  return app;
}

/** A code is taken once: the next one is of another minute. */
export async function showCode({ fill, press }: Walk, scene: FlowScene, app: App): Promise<void> {
  scene.clock.pass(60_000);
  await fill('Código de 6 dígitos', app.code(scene));
  await press('Continuar');
}

/** Somebody of a body of their own who has a password, and whether their agreement names one purpose or more. */
export async function madeMember(
  scene: FlowScene,
  roles: readonly Role[],
  purposes: readonly string[] = ['execucao-penal'],
) {
  const body = await madeBody(scene, { purposes });
  const person = await madePerson(scene, body.id, roles);
  const hash = await hashPassword(password);
  await scene.base.transaction((tx) =>
    setPassword(tx, { person: person.id, hash, temporaryUntil: null }, scene.now()),
  );
  return { ...person, body };
}
