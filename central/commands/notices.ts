import { randomUUID } from 'node:crypto';
import { count } from '../../shared/count-format.ts';
import { writtenMoment } from '../../shared/day.ts';
import { asGuaritaError, GuaritaError } from '../../shared/errors.ts';
import { explain } from '../../shared/explain.ts';
import { ExitCode, type ProgramContext } from '../../shared/program.ts';
import type { Letter } from '../base/access-layer/outbox.ts';
import { outboxFacts } from '../base/access-layer/outbox.ts';
import { type CentralOptions, readCentralConfig, withBase } from '../central.ts';
import { postsOf } from '../outbox/posts.ts';
import { problemText } from '../status/problem-text.ts';

/** Tells who is told of what, and what waits to be sent. */
export async function showNotices(options: CentralOptions, context: ProgramContext): Promise<void> {
  const config = readCentralConfig(options, context);
  const { mail, webhook, failures, summary } = config.notices;
  const { print } = context;
  const to = [...mail, ...(webhook === undefined ? [] : [webhook.url])];
  if (to.length === 0) {
    return print('Ninguém recebe avisos: configure "mail" e "notices.mail", ou "notices.webhook".');
  }
  print(`Recebem avisos: ${to.join(', ')}`);
  print(`  depois de ${count.format(failures)} coletas seguidas que falham; resumo do dia: ${summary}`);
  const { waiting, since, problem, givenUp } = await withBase(config, context, (base) =>
    base.snapshot((questions) => outboxFacts(questions, new Date())),
  );
  if (waiting === 0) print('✓ Nada espera para sair.');
  else {
    const from = since === null ? '' : `, o primeiro desde ${writtenMoment(since)}`;
    const why = problem === null ? '' : `: ${problemText(problem)} [${problem}]`;
    print(`! Esperam para sair: ${count.format(waiting)}${from}${why}`);
    print('→ Saem pelo serviço (serve). Para ver o que falta: guarita-central notices try');
  }
  if (givenUp > 0) print(`! Não saíram a tempo, nos últimos sete dias: ${count.format(givenUp)}`);
}

/** Sends a notice to all who would be told, at once and whatever the base says. Ends with 1 where one does not arrive. */
export async function tryNotices(options: CentralOptions, context: ProgramContext): Promise<void> {
  const config = readCentralConfig(options, context);
  const posts = postsOf(config, context.environment, Date.now);
  const { mail, webhook } = config.notices;
  const targets = [
    ...mail.map((to) => ({ means: 'mail' as const, to, name: to })),
    ...(webhook === undefined ? [] : [{ means: 'webhook' as const, to: '', name: webhook.url }]),
  ];
  if (targets.length === 0) {
    throw new GuaritaError(
      'config-invalid',
      'Ninguém recebe avisos: falta "notices.mail" ou "notices.webhook".',
    );
  }
  let failed = 0;
  for (const { means, to, name } of targets) {
    const letter: Letter = {
      ...{ number: '0', tries: 0, means, to, created: new Date().toISOString() },
      subject: 'Guarita: teste de aviso',
      text: 'Os avisos da central chegam a este endereço.',
    };
    try {
      await posts[means]?.send(letter, `teste.${randomUUID()}`);
      context.print(`✓ ${name}`);
    } catch (error) {
      failed++;
      context.print(`${name}:\n${explain(asGuaritaError(error))}`);
    }
  }
  for (const post of Object.values(posts)) await post.close();
  if (failed > 0) throw new ExitCode(1);
}
