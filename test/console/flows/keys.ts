import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import type { FlowScene } from './scene.ts';
import { enter, madeMember, password } from './sign-in.ts';
import { walk } from './walk.ts';

/** A key as Chromium has it in software. */
interface VirtualKey {
  /** Whether it sees who holds it, from now on. */
  readonly verifies: (does: boolean) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** @param hasPin whether it has any way to see who holds it */
async function plugIn(page: Page, { hasPin }: { readonly hasPin: boolean }): Promise<VirtualKey> {
  const browser = await page.context().newCDPSession(page);
  await browser.send('WebAuthn.enable');
  const { authenticatorId } = await browser.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'usb', hasResidentKey: false, automaticPresenceSimulation: true },
      ...{ hasUserVerification: hasPin, isUserVerified: hasPin },
    },
  });
  return {
    verifies: async (isUserVerified) => {
      await browser.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    },
    remove: async () => {
      await browser.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
    },
  };
}

/** Keys of WebAuthn: registered at the first sign-in, asked for at the next one. */
export async function securityKeys(t: Test, scene: FlowScene): Promise<void> {
  const person = await madeMember(scene, ['auditor']);
  const here = await walk(t, scene, { name: 'fluxo-chave', width: 1280 });
  const { page, look, fill, press, follow, problems } = here;
  const fault = page.getByText('A chave não respondeu');
  await page.goto('/entrar');
  await enter(here, person.cpf, password);
  await page.getByRole('heading', { name: 'Cadastrar segundo fator' }).waitFor();

  await t.test('one that cannot see who holds it is refused', async (t) => {
    const key = await plugIn(page, { hasPin: false });
    await press('Cadastrar chave');
    await fault.waitFor();
    await look('sem-pin');
    t.match(page.url(), '/segundo-fator/novo');
    await key.remove();
  });

  const key = await plugIn(page, { hasPin: true });
  await fill('Nome da chave', 'Chave "azul" d\'Ávila');
  await press('Cadastrar chave');
  await page.getByRole('heading', { name: 'Início' }).waitFor();
  await press('Sair');
  await page.getByText('Você saiu.').waitFor();

  await enter(here, person.cpf, password);
  await page.getByRole('heading', { name: 'Segundo fator' }).waitFor();
  await look('usar');
  await t.test('who holds it and is not its owner does not come in', async (t) => {
    await key.verifies(false);
    await press('Usar a chave');
    await fault.waitFor();
    await look('nao-e-o-dono');
    await page.goto('/');
    t.match(page.url(), '/segundo-fator', 'not in');
    await key.verifies(true);
  });
  await press('Usar a chave');
  await page.getByRole('heading', { name: 'Início' }).waitFor();

  await t.test('it has the name that they gave it, and another one', async (t) => {
    await follow('Minha conta');
    await follow('Segundo fator');
    await look('minhas');
    await follow('Chave "azul" d\'Ávila');
    await look('uma');
    await fill('Nome', "Chave d'água");
    await press('Mudar o nome');
    await page.getByText("Chave d'água").waitFor();
    await follow("Chave d'água");
    await press('Remover');
    await page.getByText('Este é o seu único segundo fator').waitFor();
    await look('a-unica');
    t.same(problems, []);
  });
}
