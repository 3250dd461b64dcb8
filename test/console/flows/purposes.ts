import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import { audited, browserOf, madePerson } from '../scene.ts';
import { type FlowScene, shownRecord } from './scene.ts';
import { enter, madeMember, password } from './sign-in.ts';
import { type Walk, walk } from './walk.ts';

const caseNumber = '0001234-75.2026.8.02.0001';
const visit = "Ofício nº 5/2026, D'Ávila & filhos <b>";
const looked = 'JOSÉ D’ÁVILA';
const reason = "A criança D'Ávila desapareceu hoje e pode estar com o pai.";

/** Why somebody looks: said before, seen on every page, changed by a click, and judged by others. */
export async function purposesAreSaid(t: Test, scene: FlowScene): Promise<void> {
  const agent = await madeMember(scene, ['agente'], ['execucao-penal', 'assistencia-juridica']);
  const here = await walk(t, scene, { name: 'fluxo-finalidade', width: 1280 });
  const { page, look, follow, press, text, problems } = here;
  const entries = async () => (await audited(scene)).filter(({ person }) => person === agent.id);
  const looks = async () => (await entries()).filter(({ shown }) => shown === 1);

  await t.test('before the first look, and then it is shown', async (t) => {
    await page.goto('/entrar?para=/caso/1/t/consulta?nome=x');
    await enter(here, agent.cpf, password);
    await page.getByRole('heading', { name: 'Finalidade', exact: true }).waitFor();
    t.same(await looks(), [], 'nobody was shown yet');
    await look('escolher');
    await follow('Execução penal');
    await here.fill('Número do processo de execução', '123');
    await press('Começar');
    await look('numero-errado');
    await here.fill('Número do processo de execução', caseNumber.replace(/\D/g, ''));
    await press('Começar');
    await page.getByRole('heading', { name: 'x' }).waitFor();
    await look('consulta');
    t.match(await purposeOf(page), `Execução penal`);
    t.match(await purposeOf(page), caseNumber);
  });

  const other = await here.tab();
  await t.test('two tabs with two purposes do not mix', async (t) => {
    await other.goto('/finalidade?finalidade=assistencia-juridica');
    await other.getByLabel('Número do atendimento ou processo').fill(visit);
    await other.getByRole('button', { name: 'Começar' }).click();
    await other.waitForURL('**/caso/2');
    await look('outra-aba', other);
    await other.goto(`/caso/2/t/consulta?nome=${encodeURIComponent(looked)}`);
    t.match(await purposeOf(other), visit, 'as it was typed');
    await page.reload();
    t.match(await purposeOf(page), caseNumber);
    await page.goto('/caso/1/t/consulta?nome=y');
    await other.reload();
    const seen = (await looks()).map(({ purpose, case: number, terms }) => [
      ...[purpose, number, (terms as { words: string }).words],
    ]);
    t.same(seen, [
      ['execucao-penal', 1, 'x'],
      ['assistencia-juridica', 2, looked],
      ['execucao-penal', 1, 'x'],
      ['execucao-penal', 1, 'y'],
      ['assistencia-juridica', 2, looked],
    ]);
  });

  await t.test('changed by a click, on the same page', async (t) => {
    await follow('Trocar');
    await look('trocar');
    await follow('Assistência jurídica: ');
    await page.getByRole('heading', { name: 'y' }).waitFor();
    t.match(await purposeOf(page), visit);
  });

  await t.test('an emergency, on a small screen by keyboard', async (t) => {
    const secret = (await page.context().cookies()).find(({ name }) => name === '__Host-guarita')?.value;
    const small = await walk(t, scene, {
      ...{ name: 'fluxo-emergencia', width: 320, hands: 'keyboard', secret: secret ?? null },
    });
    await small.page.goto('/finalidade');
    await small.follow('declare uma emergência');
    await small.press('Declarar emergência');
    await small.look('falta');
    await small.pick('Finalidade', 'Investigação');
    await small.fill('O que aconteceu', reason);
    await small.press('Declarar emergência');
    await small.page.waitForURL('**/caso/3');
    await small.look('caso');
    await small.page.goto(`/caso/3/t/consulta?nome=${encodeURIComponent(looked)}`);
    await small.look('consulta');
    t.match(await purposeOf(small.page), /Emergência/i);
    t.same(small.problems, []);
  });

  await t.test('what they looked at is theirs to see', async (t) => {
    await follow('Minha conta');
    await follow('O que eu consultei');
    await look('minhas-consultas');
    t.match(await text(), looked);
    t.match(await text(), 'Investigação');
    t.same(problems, []);
  });

  await t.test('and the auditor’s', (t) => auditorSees(t, scene, agent));
}

async function auditorSees(
  t: Test,
  scene: FlowScene,
  agent: Awaited<ReturnType<typeof madeMember>>,
): Promise<void> {
  const auditor = await madePerson(scene, agent.body.id, ['auditor']);
  const { secret } = await browserOf(scene, auditor.id, { body: agent.body.id });
  const here = await walk(t, scene, { name: 'fluxo-auditor', width: 1280, secret });
  const { page, look, follow, fill, press, choose, text } = here;
  await page.goto('/');
  await follow('Emergências');
  await look('emergencias');
  await follow(agent.name);
  await look('emergencia');
  t.match(await text(), reason);
  t.match(await text(), looked, 'what was looked at stands beside it');
  await press('Concluir a revisão');
  await look('falta');
  await choose('Sim');
  await fill('Parecer', "Confirmei com a delegada D'Ávila que a criança foi encontrada.");
  await press('Concluir a revisão');
  await page.getByText('Justificada', { exact: true }).waitFor();
  await look('revista');

  await follow('Alarmes');
  await look('alarmes');
  await follow('Emergência declarada');
  await fill('Parecer', 'Foi revista: a emergência existiu e terminou.');
  await press('Marcar como visto');
  await page.getByText('Visto por').waitFor();
  await look('alarme');

  await follow('Auditoria');
  await openSearch(here);
  await fill('CPF de quem consultou', agent.cpf);
  await press('Procurar');
  await page.waitForURL(/\/auditoria\?/);
  t.notMatch(page.url(), agent.cpf, 'no address names anybody');
  await look('auditoria');
  t.match(await text(), agent.name);
  const row = page.getByRole('row').filter({ hasText: '1 achado, 1 mostrado' }).first();
  await row.getByRole('link').click();
  await page.getByRole('heading', { name: /^Registro \d+$/ }).waitFor();
  t.match(await text(), looked);
  t.match(await text(), shownRecord);
  await look('registro');
  await follow('Voltar à auditoria');
  await follow('Conferir a cadeia');
  await page.getByText('A cadeia está inteira').waitFor();
  await look('cadeia');
  t.same(here.problems, []);
}

async function openSearch({ page }: Walk): Promise<void> {
  await page.getByText('Procurar', { exact: true }).first().click();
}

/** What a page says of why it is shown. */
function purposeOf(page: Page): Promise<string> {
  return page.getByRole('complementary', { name: 'Finalidade' }).innerText();
}
