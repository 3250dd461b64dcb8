import type { Test } from 'tap';
import { browserOf } from '../scene.ts';
import type { FlowScene } from './scene.ts';
import { madeMember } from './sign-in.ts';
import { walk } from './walk.ts';

const reason = "Falta um só minuto para a audiência de D'Ávila, que corre risco.";

/** The base goes away while somebody fills in a form, and comes back. */
export async function baseRestarts(t: Test, scene: FlowScene): Promise<void> {
  const { server } = scene;
  const agent = await madeMember(scene, ['agente']);
  const { secret } = await browserOf(scene, agent.id, { body: agent.body.id });
  for (const width of [1280, 320] as const) {
    await t.test(`at ${width}`, async (t) => {
      const hands = width === 320 ? 'keyboard' : 'mouse';
      const here = await walk(t, scene, { name: 'fluxo-base-caiu', width, hands, secret });
      const { page, look, pick, fill, press } = here;
      await page.goto('/finalidade/emergencia');
      await pick('Finalidade', 'Investigação');
      await fill('O que aconteceu', `${reason} ${width}`);
      await server.stop();
      await press('Declarar emergência');
      await page.getByRole('heading', { name: 'O sistema está fora do ar neste momento.' }).waitFor();
      await look('ao-enviar');
      await page.goBack();
      await page.getByRole('heading', { name: 'O sistema está fora do ar neste momento.' }).waitFor();
      // What was sent is not gone: it is a step forward.
      await page.goForward().catch(() => null);

      const other = await here.tab();
      const opened = await other.goto('/conta');
      t.equal(opened?.status(), 503);
      await look('ao-abrir', other);
      await other.close();

      await server.start();
      await page.reload();
      await page.waitForURL(/\/caso\/\d+$/);
      await look('de-novo');
      const rows = await scene.base.snapshot((questions) =>
        questions.query('SELECT motivo FROM acesso.emergencia WHERE motivo = $1', [`${reason} ${width}`]),
      );
      t.equal(rows.length, 1, 'what was typed is there, once');
    });
  }
}
