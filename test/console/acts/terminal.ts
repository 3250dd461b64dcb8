import { randomUUID } from 'node:crypto';
import type { Test } from 'tap';
import { keepKeyProof } from '../../../central/base/access-layer/console-key.ts';
import { addBody } from '../../../central/base/access-layer/people.ts';
import type { Base } from '../../../central/base/base.ts';
import { type ActName, acts, performAct } from '../../../central/service/access/perform.ts';
import { query } from '../../support/bases.ts';
import { changedIn, tablesOf, withoutAudit } from '../untouched.ts';

const now = new Date('2026-11-30T12:00:00Z');
const until = '2027-11-30T12:00:00.000Z';
const [cpf, body, register] = ['52998224725', 'DPE-AL', '7d1f2c3a-0000-4000-8000-000000000001'];

const looks: readonly ActName[] = ['list', 'who', 'grants', 'watched'];

/** All that is done, in an order in which each finds what it needs; of what none gives beforehand what makes it. */
const inputs: readonly (readonly [ActName, (base: Base) => unknown])[] = [
  [
    'init',
    () => ({
      body: { short: 'SENAPPEN', name: 'Secretaria Nacional' },
      person: { cpf, name: 'Ana', email: null },
      until,
    }),
  ],
  ['bodyAdd', () => ({ short: body, name: 'Defensoria' })],
  [
    'bodyCentral',
    async (base) => {
      await base.transaction((tx) =>
        addBody(tx, { id: randomUUID(), short: 'SERIS-AL', name: 'Secretaria' }, now),
      );
      return { short: 'SERIS-AL', reason: 'a base começou sem órgão central' };
    },
  ],
  [
    'bodyAuthority',
    () => ({
      ...{ short: body, name: 'Helena Prado', office: 'Defensora-Geral' },
      ...{ email: 'gabinete@dpe.exemplo', cpf: '11144477735' },
    }),
  ],
  [
    'grantAdd',
    () => ({
      ...{ body, agreement: 'ACT 7/2026', views: ['custodiado'], sensitive: [], hidden: [], states: ['AL'] },
      ...{ purposes: ['assistencia-juridica'], personQuota: 10, bodyQuota: 100 },
      ...{ from: now.toISOString(), to: until },
    }),
  ],
  ['roleGive', () => ({ cpf, name: null, email: null, body, role: 'agente', until })],
  ['roleRecertify', () => ({ cpf, body, role: 'agente', reason: 'segue na equipe' })],
  ['roleEnd', () => ({ cpf, body, role: 'agente' })],
  ['block', () => ({ cpf, reason: 'sob apuração' })],
  ['unblock', () => ({ cpf, reason: 'apuração encerrada' })],
  ['password', () => ({ cpf })],
  ['removeFactors', withSession],
  ['endSessions', withSession],
  ['watchAdd', () => ({ register, reason: 'testemunha protegida' })],
  ['watchRemove', () => ({ register, reason: 'processo encerrado' })],
  [
    'forgetKey',
    async (base) => {
      await base.transaction((tx) => keepKeyProof(tx, Buffer.from('x')));
      return {};
    },
  ],
  [
    'grantEnd',
    async (base) => {
      const [grant] = await query<{ id: string }>(base, 'SELECT id FROM acesso.concessao');
      return { id: grant?.id };
    },
  ],
  ['bodyEnd', () => ({ short: body, reason: 'fim do acordo' })],
];

/** One that is open, to be ended. */
async function withSession(base: Base): Promise<unknown> {
  await query(
    base,
    `INSERT INTO acesso.sessao (id, resumo, pessoa, etapa, meio, criada, usada, limite, endereco, navegador)
     SELECT gen_random_uuid(), uuid_send(gen_random_uuid()), id, 'aberta', 'senha', $2, $2, $3, '::1', 'test'
       FROM acesso.pessoa WHERE cpf = $1`,
    [cpf, now, new Date(until)],
  );
  return { cpf };
}

/** Of each command that does something: what cannot be written down is not done. */
export async function terminal(t: Test, base: Base): Promise<void> {
  t.same(
    [...inputs.map(([act]) => act), ...looks].toSorted(),
    Object.keys(acts).toSorted(),
    'each of them does something or looks',
  );
  for (const [act, inputOf] of inputs) {
    const input = await inputOf(base);
    const perform = () => performAct(base, { act, input, who: 'carla' }, now);
    const before = await tablesOf(base);
    await t.rejects(withoutAudit(base, perform), { code: 'base-failed' }, act);
    t.same(changedIn(before, await tablesOf(base)), [], `${act}: nothing is done`);
    await t.resolves(perform(), act);
    const changed = changedIn(before, await tablesOf(base));
    t.ok(changed.includes('acesso.auditoria') && changed.length > 1, `${act} is done, and written down`);
  }
}
