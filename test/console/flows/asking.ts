import type { Test } from 'tap';
import { centralBody } from '../bodies/people.ts';
import { anyCpf, bodyWithAuthority, reason } from '../pre-registration/people.ts';
import { browserOf, madePerson } from '../scene.ts';
import { linkIn, postOffice } from './post-office.ts';
import type { FlowScene } from './scene.ts';
import { enter, registerApp } from './sign-in.ts';
import { walk } from './walk.ts';

/** Four people and two bodies: who asks, who answers for their body, and two Autorizadores of the central one. */
export async function accessIsAskedFor(t: Test, scene: FlowScene): Promise<void> {
  const body = await bodyWithAuthority(scene);
  const senappen = await centralBody(scene);
  const post = await postOffice(t, scene);
  const [typed, email, cpf] = ['Maria.Souza+g@DPE.Exemplo', 'Maria.Souza+g@dpe.exemplo', anyCpf()];
  const maria = await walk(t, scene, { name: 'fluxo-pedido', width: 320, hasScript: false });
  const option = `${body.short} · Órgão ${body.short}`;

  await t.test('an address, while no mail server answers', async () => {
    await maria.page.goto('/entrar');
    await maria.follow('Peça acesso');
    await maria.fill('E-mail de trabalho', 'maria');
    await maria.press('Enviar o link');
    await maria.look('faltas');
    await maria.fill('E-mail de trabalho', typed);
    await maria.pick('Órgão', option);
    await maria.press('Enviar o link');
    await maria.look('enviado');
    await post.turn();
    t.equal(post.server.taken.length, 0);
    await post.server.start();
    // It is tried again in its time.
    scene.clock.pass(35 * 60_000);
  });

  await t.test('its link, and the form, without JavaScript', async () => {
    await maria.page.goto(linkIn(await post.letterTo(email)));
    await maria.look('link');
    await maria.press('Confirmar e continuar');
    await maria.look('formulario');
    await maria.press('Enviar o pedido');
    await maria.look('formulario-faltas');
    await maria.fill('Nome completo', 'Maria de Souza');
    await maria.fill('CPF', cpf);
    await maria.fill('Telefone de trabalho', '(82) 3315-0000');
    await maria.page.locator('input[value="revisor"]').check();
    await maria.fill('Motivo', reason);
    await maria.press('Enviar o pedido');
    await maria.look('espera-autoridade');
    t.match(await maria.text(), 'Helena Prado');
  });

  await t.test('the authority, by keyboard', async () => {
    const helena = await walk(t, scene, { name: 'fluxo-autoridade', width: 1280, hands: 'keyboard' });
    const link = linkIn(await post.letterTo(body.authority.email));
    await helena.page.goto(link);
    await helena.look('pedido');
    await helena.choose('Autorizo');
    await helena.fill('Por escrito', 'Autorizo, porque trabalha no núcleo de execução penal.');
    await helena.press('Registrar a decisão');
    await helena.look('registrada');
    await helena.page.goto(link);
    await helena.look('de-novo');
    t.match(await helena.text(), 'O link já foi usado');
    t.same(helena.problems, []);
  });

  await t.test('two Autorizadores', async () => {
    for (const name of ['um', 'outro']) {
      const person = await madePerson(scene, senappen, ['cadastrador-autorizador']);
      const { secret } = await browserOf(scene, person.id, { body: senappen });
      const here = await walk(t, scene, { name: `fluxo-autorizador-${name}`, width: 1280, secret });
      await here.page.goto('/');
      await here.follow('Pedidos');
      await here.look('pedidos');
      await here.follow('Maria de Souza');
      await here.choose('Aprovar');
      await here.choose('Com senha provisória, enviada por e-mail');
      await here.press('Concluir');
      await here.look('decidido');
      t.same(here.problems, []);
    }
  });

  await t.test('in, with the password that came by mail and a second factor', async () => {
    const [, password = ''] = /^([a-z2-9-]{19})$/m.exec(await post.letterTo(email)) ?? [];
    await maria.page.goto('/pedido/meu');
    await maria.look('aprovado');
    await maria.follow('Entrar');
    await enter(maria, cpf, password);
    await maria.fill('Senha nova', 'tamanduás dançam no telhado');
    await maria.fill('Senha nova, outra vez', 'tamanduás dançam no telhado');
    await maria.press('Trocar a senha');
    await registerApp(maria, scene);
    await maria.page.goto('/pedido/meu');
    await maria.look('pronto');
    t.match(await maria.text(), 'Tudo pronto');
    t.same(maria.problems, []);
  });
}
