import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Test } from 'tap';
import { addLetter, outboxFacts } from '../../../central/base/access-layer/outbox.ts';
import { webhookPost } from '../../../central/outbox/webhook.ts';
import { LetterSender } from '../../../central/service/letter-sender.ts';
import { createLogger } from '../../../shared/log.ts';
import type { TestBases } from '../../support/bases.ts';
import { HandClock } from '../../support/hand-clock.ts';

const bytes = 'x'.repeat(32);
const secret = `whsec_${Buffer.from(bytes).toString('base64')}`;

export async function posts(t: Test, bases: TestBases): Promise<void> {
  const base = await bases.fresh(t, 'webhook');
  const got: { readonly headers: NodeJS.Dict<string | string[]>; readonly body: string }[] = [];
  const answers = [302, 500, 204];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      got.push({ headers: request.headers, body });
      response.writeHead(answers.shift() ?? 204, { location: '/elsewhere' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const clock = new HandClock(Date.now());
  const config = { url: `http://127.0.0.1:${port}/guarita`, secret: { env: 'CHAVE' } };
  t.throws(() => webhookPost(config, { CHAVE: 'curta' }, () => 0), { code: 'config-invalid' });
  const post = webhookPost(config, { CHAVE: secret }, () => clock.now());
  const sender = new LetterSender({
    base,
    baseId: 'b',
    posts: { webhook: post },
    clock,
    log: createLogger('silent', 'test'),
  });
  t.teardown(() => sender.stop());
  const letter = { means: 'webhook', to: '', subject: 'Guarita: AL', text: 'Olá' } as const;
  const until = new Date(clock.now() + 86_400_000);
  await base.transaction((tx) => addLetter(tx, { ...letter, until }, ['a'], new Date(clock.now())));
  sender.start();
  await sender.settled();
  const facts = () => base.snapshot((questions) => outboxFacts(questions, new Date(clock.now())));
  t.match(await facts(), { waiting: 1, problem: 'webhook-refused' }, 'nobody is led elsewhere');
  for (const _ of answers) {
    clock.set(clock.now() + 3_600_000);
    clock.pass(15_000);
    await sender.settled();
  }
  clock.set(clock.now() + 3_600_000);
  clock.pass(15_000);
  await sender.settled();
  t.match(await facts(), { waiting: 0, problem: null });
  t.equal(got.length, 3);
  for (const { headers, body } of got) {
    const id = headers['webhook-id'];
    t.match(id, /^b\.1\.\d+$/);
    const signed = `${String(id)}.${String(headers['webhook-timestamp'])}.${body}`;
    t.equal(
      headers['webhook-signature'],
      `v1,${createHmac('sha256', bytes).update(signed).digest('base64')}`,
    );
    t.match(JSON.parse(body), { type: 'notice', data: { subject: 'Guarita: AL', text: 'Olá' } });
  }
  const sizeOf = (name: string) => new Set(got.map(({ headers }) => headers[name])).size;
  t.equal(sizeOf('webhook-timestamp'), 3);
  t.equal(sizeOf('webhook-id'), 1, 'known by its id, however often it comes');
}
