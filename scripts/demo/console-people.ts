import { randomUUID } from 'node:crypto';
import { makeCentral } from '../../central/base/access-layer/bodies.ts';
import { addGrant } from '../../central/base/access-layer/grants.ts';
import { listGrants } from '../../central/base/access-layer/listing.ts';
import { setPassword } from '../../central/base/access-layer/passwords.ts';
import { addBody, addPerson, bodyByShort, personByCpf } from '../../central/base/access-layer/people.ts';
import { giveRole, rolesOf } from '../../central/base/access-layer/roles.ts';
import type { Base, Transaction } from '../../central/base/base.ts';
import type { Purpose } from '../../central/console/access/purposes.ts';
import { type Role, roles } from '../../central/console/access/roles.ts';
import { newTemporaryPassword } from '../../central/console/access/temporary-password.ts';
import { standardViews } from '../../shared/dictionary/standard-views.ts';
import { plainTable } from '../../shared/plain-table.ts';
import { cpf } from './documents.ts';

/** Bodies that were made up, with what their agreements let them see. */
const bodies = {
  SENAPPEN: {
    name: 'Secretaria Nacional de Políticas Penais',
    states: [],
    purposes: ['gestao-prisional', 'auditoria'],
  },
  'SERIS-AL': {
    name: 'Secretaria de Ressocialização e Inclusão Social de Alagoas',
    ...{ states: ['AL'], purposes: ['gestao-prisional', 'qualidade-dos-dados'] },
  },
  // In every state, so that its agent sees who was in two of them.
  DPU: {
    name: 'Defensoria Pública da União',
    ...{ states: [], purposes: ['assistencia-juridica', 'execucao-penal'] },
  },
} as const satisfies Record<
  string,
  { readonly name: string; readonly states: readonly string[]; readonly purposes: readonly Purpose[] }
>;

type Body = keyof typeof bodies;

/** Somebody for each role, and three who let people in: fewer could not recertify each other. */
const people: readonly (readonly [name: string, role: Role, body: Body])[] = [
  ['Estela Estruturas', 'cadastrador-estruturas', 'SENAPPEN'],
  ['Vicente Vínculos', 'cadastrador-vinculador', 'SENAPPEN'],
  ['Aurora Autoriza', 'cadastrador-autorizador', 'SENAPPEN'],
  ['Ágata Agente', 'agente', 'DPU'],
  ['Régis Revisor', 'revisor', 'SERIS-AL'],
  ['Estêvão Estatística', 'estatistico', 'SENAPPEN'],
  ['Audálio Auditor', 'auditor', 'SENAPPEN'],
  ['Otávia Operadora', 'operador', 'SENAPPEN'],
  ['Abel Autoriza', 'cadastrador-autorizador', 'SENAPPEN'],
  ['Alba Autoriza', 'cadastrador-autorizador', 'SENAPPEN'],
];

/** How somebody enters the example's console. */
export interface DemoAccount {
  readonly name: string;
  readonly role: Role;
  readonly body: string;
  readonly cpf: string;
  readonly password: string;
  readonly factor: DemoFactor | null;
}

export interface DemoFactor {
  /** As an authenticator app takes it. */
  readonly secret: string;
  /** The one of now. */
  readonly code: string;
}

/** Gives somebody a second factor in the place of those that they had; null: they register one when they enter. */
export type GiveFactor = (tx: Transaction, person: string, now: Date) => Promise<DemoFactor | null>;

/** Makes bodies and people where they are not there yet, and gives each of them a new password, which nobody has to change. */
export async function seedAccess(base: Base, now: Date, giveFactor: GiveFactor): Promise<DemoAccount[]> {
  const year = new Date(now.getTime() + 365 * 86_400_000);
  const made: DemoAccount[] = [];
  for (const [index, [name, role, body]] of people.entries()) {
    const number = cpf('national', 'advogado', 50_000_000 + index);
    const { password, hash } = await newTemporaryPassword();
    const factor = await base.transaction(async (tx) => {
      const of = await bodyOrNew(tx, body, now, year);
      const person = (await personByCpf(tx, number))?.id ?? randomUUID();
      if ((await personByCpf(tx, number)) === null) {
        await addPerson(tx, { id: person, cpf: number, name, email: null }, now);
      }
      const held = (await rolesOf(tx, person)).filter(({ until }) => Date.parse(until) > now.getTime());
      if (held.length === 0) {
        await giveRole(tx, {
          id: randomUUID(),
          person,
          body: of,
          role,
          from: now,
          until: year,
          givenBy: null,
        });
      }
      await setPassword(tx, { person, hash, temporaryUntil: null }, now);
      return roles[role].hasPower ? giveFactor(tx, person, now) : null;
    });
    made.push({ name, role, body, cpf: number, password, factor });
  }
  return made;
}

async function bodyOrNew(tx: Transaction, short: Body, now: Date, until: Date): Promise<string> {
  const { name, states, purposes } = bodies[short];
  const id = (await bodyByShort(tx, short))?.id ?? randomUUID();
  if ((await bodyByShort(tx, short)) === null) await addBody(tx, { id, short, name }, now);
  if (short === 'SENAPPEN') await makeCentral(tx, id);
  const granted = (await listGrants(tx, short)).some((grant) => Date.parse(grant.until) > now.getTime());
  if (!granted) {
    await addGrant(
      tx,
      {
        ...{ id: randomUUID(), body: id, agreement: 'ACT DEMO', from: now, to: until },
        views: standardViews.map(({ name: view }) => view),
        ...{ sensitive: [], hidden: [], states, purposes, personQuota: 200, bodyQuota: 5000 },
      },
      now,
    );
  }
  return id;
}

/** Within 80 columns: whoever has an authenticator has its secret, and the code of the moment, in a line below. */
export function accountsTable(accounts: readonly DemoAccount[]): string {
  const table = plainTable(['papel', 'órgão', 'CPF', 'senha']);
  const secrets: string[] = [];
  for (const { role, body, cpf: number, password, factor } of accounts) {
    table.push([role, body, number, password]);
    if (factor !== null) secrets.push(`  ${number}  ${factor.secret}  ${factor.code}`);
  }
  const told = ['Segundo fator dos papéis que o exigem (CPF, segredo, código de agora):', ...secrets];
  return [table.toString(), ...(secrets.length > 0 ? told : [])].join('\n');
}
