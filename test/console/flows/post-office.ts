import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { smtpPost } from '../../../central/outbox/smtp.ts';
import { LetterSender } from '../../../central/service/letter-sender.ts';
import { LetterWriter } from '../../../central/service/letter-writer.ts';
import { createLogger } from '../../../shared/log.ts';
import { testFolder } from '../../support/bases.ts';
import { selfSigned } from '../../support/certificate.ts';
import { type MailServer, mailServer } from '../../support/mail-server.ts';
import type { FlowScene } from './scene.ts';

/** What central does with letters that pages ask for, over a real mail server, when it is asked to. */
export interface PostOffice {
  readonly server: MailServer;
  /** Writes what was asked for, and sends what is due. */
  turn(): Promise<void>;
  /** The text of the last letter that came to an address. */
  letterTo(address: string): Promise<string>;
}

const log = createLogger('silent', 'test');

export async function postOffice(t: Test, { base, clock, origin }: FlowScene): Promise<PostOffice> {
  const certificate = selfSigned();
  const ca = join(testFolder(t), 'ca.pem');
  writeFileSync(ca, certificate.certificate);
  const server = await mailServer(t, { certificate, secure: true });
  const url = `smtps://localhost:${server.port}`;
  const config = { url, user: 'guarita', password: { env: 'SENHA' }, from: 'guarita@senappen.exemplo', ca };
  const mail = smtpPost(config, { SENHA: 'senha' });
  t.teardown(() => mail.close());
  const still = { now: () => clock.now(), after: () => () => undefined };
  const turn = async () => {
    const writer = new LetterWriter({
      base,
      origin,
      help: null,
      clock: still,
      log,
      onAdded: () => undefined,
    });
    const sender = new LetterSender({ base, baseId: 'b', posts: { mail }, clock: still, log });
    for (const each of [writer, sender]) {
      each.start();
      await each.settled();
      await each.stop();
    }
  };
  const letterTo = async (address: string) => {
    await turn();
    const letter = server.taken.findLast(({ to }) => to.includes(address));
    assert(letter !== undefined, `a letter to ${address}`);
    return textOf(letter.raw);
  };
  return { server, turn, letterTo };
}

/** A body that is quoted-printable, or plain. */
function textOf(raw: string): string {
  const body = raw.slice(raw.indexOf('\r\n\r\n') + 4).replace(/=\r\n/g, '');
  const bytes = body.replace(/=([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString().replaceAll('\r\n', '\n');
}

/** The address that a letter has a link to. */
export function linkIn(letter: string): string {
  const [, link] = /^(https:\/\/\S+\/pedido\/\S+)$/m.exec(letter) ?? [];
  assert(link !== undefined, 'a link');
  return link;
}
