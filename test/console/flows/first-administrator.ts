import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { stringify } from 'yaml';
import { testFolder } from '../../support/bases.ts';
import { runCommand } from '../../support/commands.ts';
import { madeBody, madePerson, withCheckDigits } from '../scene.ts';
import { givenTemporary } from '../signing-in/made.ts';
import type { FlowScene } from './scene.ts';
import { enter, password, registerApp, showCode } from './sign-in.ts';
import { type Way, walk } from './walk.ts';

interface Newcomer {
  readonly cpf: string;
  readonly name: string;
  readonly temporary: string;
}

/** With a temporary password: to one of their own, to a second factor, in, out, and in again. */
export async function newcomers(t: Test, scene: FlowScene): Promise<void> {
  await t.test('the first administrator, as the terminal made them', async (t) => {
    await comesIn(t, scene, await firstOne(t, scene), { name: 'fluxo-primeiro', width: 1280 });
  });
  const ways: readonly Way[] = [
    { name: 'fluxo-sem-script', width: 1280, hasScript: false },
    { name: 'fluxo-sem-script', width: 320, hasScript: false },
    { name: 'fluxo-teclado', width: 320, hands: 'keyboard' },
  ];
  for (const way of ways) {
    await t.test(`${way.name}, ${way.width}`, async (t) => {
      const { id, cpf, name } = await madePerson(scene, (await madeBody(scene)).id, ['auditor']);
      await comesIn(t, scene, { cpf, name, temporary: await givenTemporary(scene, id) }, way);
    });
  }
}

async function firstOne(t: Test, scene: FlowScene): Promise<Newcomer> {
  const { owner } = scene;
  const folder = testFolder(t);
  const file = join(folder, 'central.yaml');
  const base = { url: owner.url, password: { env: 'OWNER' } };
  writeFileSync(file, stringify({ state: folder, log: { level: 'silent' }, base }));
  const [cpf, name] = [withCheckDigits('529982247'), "Ana D'Ávila <b>"];
  const { output, errors } = await runCommand(
    'central',
    [
      ...['-c', file, 'access', 'init', '--body', 'SENAPPEN', '--body-name', 'Secretaria Nacional'],
      ...['--cpf', cpf, '--name', name],
    ],
    { environment: { OWNER: owner.password }, isTerminal: true },
  );
  t.equal(errors, '');
  // Their roles are in force from the hour of the terminal.
  scene.clock.set(Date.now());
  return { cpf, name, temporary: /mostrada só agora: (\S+)/.exec(output)?.[1] ?? '' };
}

async function comesIn(t: Test, scene: FlowScene, { cpf, name, temporary }: Newcomer, way: Way) {
  const here = await walk(t, scene, way);
  const { page, look, fill, press, text, problems } = here;
  await page.goto('/');
  await look('entrar');
  await enter(here, masked(cpf), 'uma senha que não é');
  await look('nao-confere');
  await enter(here, masked(cpf), temporary);
  await page.getByRole('heading', { name: 'Escolha a sua senha' }).waitFor();
  await look('senha');
  await fill('Senha nova', 'curta');
  await fill('Senha nova, outra vez', 'curta');
  await press('Trocar a senha');
  await look('senha-curta');
  await fill('Senha nova', password);
  await fill('Senha nova, outra vez', password);
  await press('Trocar a senha');
  await page.getByRole('heading', { name: 'Cadastrar segundo fator' }).waitFor();
  await look('segundo-fator-novo');
  const app = await registerApp(here, scene);
  await page.getByRole('heading', { name: 'Início' }).waitFor();
  await look('inicio');
  t.match(await text(), name, 'who is at work, as they are called');

  await press('Sair');
  await page.getByText('Você saiu.').waitFor();
  await look('saiu');
  await page.goBack();
  await page.getByRole('heading', { name: 'Entrar' }).waitFor();
  const left = await text();
  t.notMatch(left, name, 'the way back shows nothing of anybody');
  t.match(page.url(), /\/entrar/);
  await look('de-volta');

  await enter(here, cpf, password);
  await page.getByRole('heading', { name: 'Segundo fator' }).waitFor();
  await look('codigo');
  await showCode(here, scene, app);
  await page.getByRole('heading', { name: 'Início' }).waitFor();
  t.match(await text(), name);
  await here.follow('Minha conta');
  await look('conta');
  await here.follow('Segundo fator');
  await page.getByText("Celular d'Ávila").waitFor();
  await look('meus-fatores');
  t.same(problems, []);
}

/** As it is written. */
function masked(cpf: string): string {
  return cpf.replace(/^(\d{3})(\d{3})(\d{3})(\d{2})$/, '$1.$2.$3-$4');
}
