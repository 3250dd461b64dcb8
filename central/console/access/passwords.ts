import * as crypto from 'node:crypto';
import { promisify } from 'node:util';
import pLimit from 'p-limit';
import { GuaritaError } from '../../../shared/errors.ts';

/** What a hash costs: OWASP's, in KiB of memory and passes over it. A tenth of a second of a processor. */
export interface HashCost {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

const today: HashCost = { memory: 19_456, passes: 2, parallelism: 1 };
const tagLength = 32;

/** So many at once: Node has four threads for them, for the disk and for names of hosts. */
const limit = pLimit(2);
/** Whoever came behind so many others would wait for longer than people do. */
const mostWaiting = 60;

/** @param from Node's own. Throws `argon2-missing` */
export function requireArgon2(from: { readonly argon2?: unknown } = crypto): void {
  if (typeof from.argon2 !== 'function') throw new GuaritaError('argon2-missing');
}

/** A password as it is kept: a text of the PHC form, with its parameters. Throws `sign-in-busy`. */
export async function hashPassword(password: string, cost: HashCost = today): Promise<string> {
  const salt = crypto.randomBytes(16);
  return phc(cost, salt, await derive(password, { salt, cost, length: tagLength }));
}

/**
 * Whether it is the password of a hash, by the parameters in it. Where there is no hash it takes as long, and is none.
 * Throws `sign-in-busy`; `internal` where the hash is none.
 */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const { cost, salt, tag } = read(hash ?? nobodys);
  const derived = await derive(password, { salt, cost, length: tag.length });
  return crypto.timingSafeEqual(derived, tag) && hash !== null;
}

/** Whether it was hashed in another way than passwords are today. */
export function isOldHash(hash: string): boolean {
  const { cost, tag } = read(hash);
  const names = ['memory', 'passes', 'parallelism'] as const;
  return tag.length !== tagLength || names.some((name) => cost[name] !== today[name]);
}

interface DeriveOptions {
  readonly salt: Buffer;
  readonly cost: HashCost;
  readonly length: number;
}

/** Of one text there may be two forms in Unicode, by the keyboard: both are the same password. */
async function derive(password: string, { salt, cost, length }: DeriveOptions): Promise<Buffer> {
  if (limit.pendingCount >= mostWaiting) throw new GuaritaError('sign-in-busy', '', { retryAfterSeconds: 5 });
  const message = password.normalize('NFC');
  const argon2 = promisify(crypto.argon2);
  return limit(() => argon2('argon2id', { message, nonce: salt, tagLength: length, ...cost }));
}

function phc({ memory, passes, parallelism }: HashCost, salt: Buffer, tag: Buffer): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(tag)}`;
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}

/** Of an account that does not exist. */
const nobodys = phc(today, Buffer.alloc(16), Buffer.alloc(tagLength));

const form =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d)\$([A-Za-z0-9+/]{11,64})\$([A-Za-z0-9+/]{22,86})$/;
/** What a hash may ask of this machine, whoever wrote it into the base: 256 MiB. */
const most: HashCost = { memory: 262_144, passes: 10, parallelism: 4 };

function read(hash: string): { readonly cost: HashCost; readonly salt: Buffer; readonly tag: Buffer } {
  const found = form.exec(hash);
  const [memory = 0, passes = 0, parallelism = 0] = (found ?? []).slice(1, 4).map(Number);
  const isBounded =
    memory >= 8 * parallelism &&
    memory <= most.memory &&
    passes <= most.passes &&
    parallelism <= most.parallelism;
  if (found === null || !isBounded || passes < 1 || parallelism < 1) {
    throw new GuaritaError('internal', 'Um resumo de senha que não é nenhum.');
  }
  const [salt, tag] = [Buffer.from(found[4] as string, 'base64'), Buffer.from(found[5] as string, 'base64')];
  return { cost: { memory, passes, parallelism }, salt, tag };
}
