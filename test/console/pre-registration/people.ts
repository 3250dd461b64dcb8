import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { bringBefore, setAuthority } from '../../../central/base/access-layer/authorities.ts';
import { setPassword } from '../../../central/base/access-layer/passwords.ts';
import { learnEmail } from '../../../central/base/access-layer/people.ts';
import { addRequest, addStep, fillRequest } from '../../../central/base/access-layer/requests.ts';
import { rolesOf } from '../../../central/base/access-layer/roles.ts';
import type { Role } from '../../../central/console/access/roles.ts';
import { LetterWriter } from '../../../central/service/letter-writer.ts';
import { createLogger } from '../../../shared/log.ts';
import { query } from '../../support/bases.ts';
import { centralBody, officer } from '../bodies/people.ts';
import { type ConsoleScene, madeBody, madePerson, origin, withCheckDigits } from '../scene.ts';
import { Visitor } from '../visitor.ts';

export const reason = 'Trabalho na defesa de pessoas presas e preciso saber onde estão.';

/** A CPF of nobody else. */
export function anyCpf(): string {
  return withCheckDigits(
    String(BigInt(`0x${randomUUID().replaceAll('-', '')}`) % 10n ** 9n).padStart(9, '0'),
  );
}

/** Who lets people into whichever body, since they work in the central one. */
export async function centralAutorizador(scene: ConsoleScene) {
  return officer(scene, await centralBody(scene), 'cadastrador-autorizador');
}

/** A body that receives requests: somebody answers for it. */
export async function bodyWithAuthority(scene: ConsoleScene, grant?: Parameters<typeof madeBody>[1]) {
  const body = await madeBody(scene, grant);
  const authority = {
    ...{ name: 'Helena Prado', office: 'Defensora-Geral', cpf: anyCpf() },
    email: `gabinete@${body.short.toLowerCase()}.exemplo`,
  };
  const id = await scene.base.transaction((tx) =>
    setAuthority(tx, { ...authority, body: body.id, by: null }, scene.now()),
  );
  return { ...body, authority: { ...authority, id } };
}

export type OpenBody = Awaited<ReturnType<typeof bodyWithAuthority>>;

/** The last letter to an address, once central has written what was asked for; null where there is none. */
export async function letterTo(scene: ConsoleScene, address: string): Promise<string | null> {
  const clock = { now: () => scene.clock.now(), after: () => () => undefined };
  const writer = new LetterWriter({
    ...{ base: scene.base, origin, help: null, clock, log: createLogger('silent', 'test') },
    onAdded: () => undefined,
  });
  writer.start();
  await writer.settled();
  await writer.stop();
  const [letter] = await query<{ text: string }>(
    scene.base,
    'SELECT texto AS text FROM correio.carta WHERE para = $1 ORDER BY numero DESC LIMIT 1',
    [address],
  );
  return letter?.text ?? null;
}

/** The path that the last letter to an address has a link to. */
export async function linkTo(scene: ConsoleScene, address: string): Promise<string> {
  const letter = await letterTo(scene, address);
  const [, path] = new RegExp(`^${origin}(/pedido/\\S+)$`, 'm').exec(letter ?? '') ?? [];
  assert(path !== undefined, `a link to ${address}`);
  return path;
}

/** Somebody at a browser of theirs who asks, by pages, as far as the form. */
export async function askedByPage(scene: ConsoleScene, body: OpenBody, email: string): Promise<Visitor> {
  const visitor = new Visitor(scene, { address: `198.51.100.${Math.floor(Math.random() * 250)}` });
  const answer = await visitor.fill('/pedido', { email, orgao: body.id });
  assert.equal(answer.status, 200);
  const link = await linkTo(
    scene,
    email.replace(/@.*/, (domain) => domain.toLowerCase()),
  );
  assert.equal((await visitor.fill(link, {})).location, '/pedido/meu');
  return visitor;
}

/** An Agente whose account has an address and a password; and the id of their role. @param body null: one of their own */
export async function withEmail(scene: ConsoleScene, body: string | null = null) {
  const person = await madePerson(scene, body ?? (await madeBody(scene)).id, ['agente']);
  const email = `${person.cpf}@dpe.exemplo`;
  await scene.base.transaction(async (tx) => {
    await learnEmail(tx, person.id, email);
    await setPassword(tx, { person: person.id, hash: 'of none', temporaryUntil: null }, scene.now());
  });
  const [role] = await scene.base.snapshot((questions) => rolesOf(questions, person.id));
  assert(role !== undefined);
  return { ...person, email, role: role.id };
}

export function formOf(role: Role, cpf = anyCpf()) {
  return { nome: 'Maria de Souza', cpf, telefone: '(82) 3315-0000', papel: role, motivo: reason };
}

/** A request that waits for its approval, or for what comes before; by no page. */
export async function madeRequest(
  scene: ConsoleScene,
  body: OpenBody,
  {
    role = 'agente',
    cpf = anyCpf(),
    upTo = 'approval',
  }: { readonly role?: Role; readonly cpf?: string; readonly upTo?: 'form' | 'authority' | 'approval' } = {},
) {
  const email = `${randomUUID()}@dpe.exemplo`;
  const now = scene.now();
  const made = await scene.base.transaction(async (tx) => {
    const id = await addRequest(tx, { email, body: body.id, person: null }, now);
    await addStep(tx, id, { kind: 'confirmado', by: null }, now);
    if (upTo === 'form') return { id, before: '' };
    const form = {
      body: body.id,
      name: 'Maria de Souza',
      cpf,
      structure: null,
      role,
      reason,
      phone: '8233150000',
    };
    await fillRequest(tx, id, form);
    await addStep(tx, id, { kind: 'formulario', by: null }, now);
    const before = await bringBefore(tx, { request: id, authority: body.authority.id }, now);
    if (upTo === 'approval') {
      await addStep(tx, id, { kind: 'autorizado', by: null, who: 'Helena Prado', words: reason }, now);
    }
    return { id, before };
  });
  return { ...made, email, cpf };
}
