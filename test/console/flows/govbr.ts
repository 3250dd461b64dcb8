import type { Test } from 'tap';
import { level } from '../login-unico/govbr-scene.ts';
import { madeBody, madePerson, withCheckDigits } from '../scene.ts';
import type { FlowScene } from './scene.ts';
import { walk } from './walk.ts';

const there = `<!doctype html><html lang="pt-BR"><title>gov.br</title><h1>gov.br</h1>
<form method="post"><button>Autorizar</button></form></html>`;

/** By gov.br: a button, their page, and back. */
export async function byGovbr(t: Test, scene: FlowScene): Promise<void> {
  const { provider } = scene;
  const body = await madeBody(scene);
  const agent = await madePerson(scene, body.id, ['agente']);
  provider.page = there;
  const whoIs = (cpf: string, named: string) => {
    provider.account = { sub: cpf, amr: ['passwd', 'mfa'], claims: level(named) };
  };

  for (const hasScript of [true, false]) {
    await t.test(`in and out, ${hasScript ? 'with' : 'without'} a script`, async (t) => {
      whoIs(agent.cpf, 'gold');
      const width = hasScript ? 1280 : 320;
      const here = await walk(t, scene, { name: 'fluxo-govbr', width, hasScript });
      const { page, look, follow, press, text, problems } = here;
      await page.goto('/conta');
      await look('entrar');
      await follow('Entrar com gov.br');
      await page.getByRole('heading', { name: 'gov.br' }).waitFor();
      t.match(page.url(), provider.at('/'));
      await press('Autorizar');
      await page.getByRole('heading', { name: 'Minha conta' }).waitFor();
      t.match(await text(), agent.name);
      t.notMatch(page.url(), /code|state/, 'the way back stays in no history');
      await press('Sair');
      await page.getByRole('heading', { name: 'Você saiu do Guarita' }).waitFor();
      await look('saiu');
      await page.goBack();
      t.notMatch(await text(), agent.name, 'the way back shows nothing of anybody');
      t.same(elsewhereThan(problems, provider.at('/')), []);
    });
  }

  await t.test('who is not let in is told why', async (t) => {
    const here = await walk(t, scene, { name: 'fluxo-govbr-recusa', width: 1280 });
    const { page, look, follow, press } = here;
    const refused = async (step: string, heading: string) => {
      await page.goto('/entrar');
      await follow('Entrar com gov.br');
      // Who was let in there a moment ago is not asked again.
      await press('Autorizar');
      await page.getByRole('heading', { name: heading }).waitFor();
      await look(step);
      await page.context().clearCookies();
    };
    whoIs(withCheckDigits('111222333'), 'gold');
    await refused('sem-conta', 'Ainda não há conta para o seu CPF.');
    whoIs(agent.cpf, 'bronze');
    await refused('nivel', 'O nível da sua conta gov.br é baixo para o seu papel.');
    provider.refusal = 'access_denied';
    await refused('nao-autorizou', 'A entrada não foi autorizada no gov.br.');
    provider.refusal = null;
  });
}

/** What is asked for there is meant to be, and there is no icon. */
function elsewhereThan(problems: readonly string[], site: string): string[] {
  return problems.filter((problem) => !problem.includes(` ${site}`));
}
