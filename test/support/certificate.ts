import { generateKeyPairSync, sign } from 'node:crypto';

/** A certificate that has signed itself, and its key, in PEM. */
export interface Certificate {
  readonly key: string;
  readonly certificate: string;
}

/** DER: what it is, how long it is in as few bytes as can be, what it holds. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const header = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...header]), body]);
}

const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts);
const oid = (...bytes: number[]) => der(0x06, Buffer.from(bytes));
const whole = (...bytes: number[]) => der(0x02, Buffer.from(bytes));
const text = (value: string) => der(0x0c, Buffer.from(value));
const time = (value: string) => der(0x17, Buffer.from(value));
const ecdsaWithSha256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
const name = (common: string) => sequence(der(0x31, sequence(oid(0x55, 0x04, 0x03), text(common))));
const extension = (id: Buffer, value: Buffer) => sequence(id, der(0x04, value));

/**
 * Makes a certificate that is its own authority (RFC 5280), of a server on loopback, for as long as a test runs.
 * @param host a name that it is also for
 */
export function selfSigned(host = 'localhost'): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const subject = name('guarita test');
  const alternatives = sequence(der(0x82, Buffer.from(host)), der(0x87, Buffer.from([127, 0, 0, 1])));
  const isAuthority = sequence(der(0x01, Buffer.from([0xff])));
  const extensions = sequence(
    extension(oid(0x55, 0x1d, 0x11), alternatives),
    extension(oid(0x55, 0x1d, 0x13), isAuthority),
  );
  const body = sequence(
    der(0xa0, whole(2)),
    whole(1),
    ecdsaWithSha256,
    subject,
    sequence(time('200101000000Z'), time('491231235959Z')),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey));
  const base64 = sequence(body, ecdsaWithSha256, signature).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    certificate: `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  };
}
