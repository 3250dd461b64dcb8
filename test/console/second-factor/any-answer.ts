import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { Secret, TOTP } from 'otpauth';
import type { Test } from 'tap';
import { readAuthentication, readRegistration } from '../../../central/console/second-factor/key-answer.ts';
import { stepOf, typedCode } from '../../../central/console/second-factor/totp.ts';
import { verifyKey, verifyNewKey } from '../../../central/console/second-factor/verify-key.ts';
import { anyText } from '../../support/any-text.ts';
import { runs } from '../../support/runs.ts';
import { SoftwareKey } from '../../support/software-key.ts';

const rp = { id: 'localhost', origin: 'http://localhost:8080' };
const challenge = randomBytes(32).toString('base64url');

/** Whatever may be answered. */
export async function anyAnswer(t: Test): Promise<void> {
  const key = new SoftwareKey();
  const made = key.register(JSON.stringify({ challenge, rp }), rp.origin);
  const shown = key.show(JSON.stringify({ challenge, rpId: rp.id }), rp.origin);
  const registered = await answerOf(made, readRegistration, (read) => verifyNewKey(read, rp));
  if (registered === null || 'refused' in registered) throw new Error('registered');
  const held = [{ ...registered, id: 'one' }];
  const show = (text: string) => answerOf(text, readAuthentication, (read) => verifyKey(read, rp, held));

  await t.test('of what is signed no bit can be another', async (t) => {
    t.match(await show(shown), { id: 'one' });
    // A signature itself is written in more ways than one.
    const changed = fc.record({
      part: fc.constantFrom('clientDataJSON', 'authenticatorData'),
      at: fc.nat(),
      bit: fc.nat({ max: 7 }),
    });
    await fc.assert(
      fc.asyncProperty(changed, async (change) => {
        const result = await show(withBit(shown, change));
        return result === null || 'refused' in result;
      }),
      { numRuns: runs(150, 2000) },
    );
  });

  await t.test('whatever registers is a key or refused', async (t) => {
    const changed = fc.record({
      part: fc.constantFrom('clientDataJSON', 'attestationObject'),
      at: fc.nat(),
      bit: fc.nat({ max: 7 }),
    });
    await fc.assert(
      fc.asyncProperty(changed, fc.nat({ max: 400 }), async (change, length) => {
        const text = withBit(made, change);
        for (const one of [text, text.slice(0, length), withPart(text, change.part, randomBytes(length))]) {
          await answerOf(one, readRegistration, (read) => verifyNewKey(read, rp));
        }
      }),
      { numRuns: runs(150, 2000) },
    );
    t.pass('nothing is thrown');
  });

  await t.test('a code is of its step', (t) => {
    const secret = randomBytes(20);
    const totp = new TOTP({ secret: new Secret({ buffer: Uint8Array.from(secret).buffer }) });
    fc.assert(
      fc.property(fc.nat({ max: 4_000_000_000 }), fc.integer({ min: -5, max: 5 }), (seconds, away) => {
        const now = new Date((seconds + 150) * 1000);
        const step = Math.floor(now.getTime() / 30_000) + away;
        const code = totp.generate({ timestamp: step * 30_000 });
        const near = [-1, 0, 1].map((steps) => totp.generate({ timestamp: (step - away + steps) * 30_000 }));
        const found = stepOf(secret, code, now);
        // Of a million codes two may be the same.
        return Math.abs(away) <= 1 || near.includes(code) ? found !== null : found === null;
      }),
      { numRuns: runs(200, 5000) },
    );
    t.end();
  });

  await t.test('whatever is typed is six digits, or no code', (t) => {
    fc.assert(
      fc.property(fc.oneof(anyText(), fc.stringMatching(/^[\d\s]{5,8}$/)), (typed) => {
        const code = typedCode(typed);
        return code === null || (/^[0-9]{6}$/.test(code) && typed.replace(/\s/g, '') === code);
      }),
    );
    t.end();
  });
}

async function answerOf<A, R>(
  text: string,
  read: (text: string) => A | null,
  verify: (answer: A) => Promise<R>,
): Promise<R | null> {
  const answer = read(text);
  return answer === null ? null : verify(answer);
}

/** The answer with one bit of one of its parts turned over. */
function withBit(
  text: string,
  { part, at, bit }: { readonly part: string; readonly at: number; readonly bit: number },
): string {
  const { response } = JSON.parse(text) as { response: Record<string, string> };
  const bytes = Buffer.from(response[part] ?? '', 'base64url');
  const place = at % bytes.length;
  bytes.writeUInt8(bytes.readUInt8(place) ^ (1 << bit), place);
  return withPart(text, part, bytes);
}

function withPart(text: string, part: string, bytes: Buffer): string {
  const { response, ...rest } = JSON.parse(text) as { response: Record<string, string> };
  return JSON.stringify({ ...rest, response: { ...response, [part]: bytes.toString('base64url') } });
}
