// Tier: quick. The people of "npm start", in a base and without its processes.

import t from 'tap';
import { accessHealth } from '../../central/base/access-layer/access-health.ts';
import { listGrants, listPeople } from '../../central/base/access-layer/listing.ts';
import { isPassword } from '../../central/console/access/passwords.ts';
import { roles } from '../../central/console/access/roles.ts';
import { accountsTable, seedAccess } from '../../scripts/demo/console-people.ts';
import { cleanCpf } from '../../shared/cleaning/documents/cpf.ts';
import { query, tierBases } from '../support/bases.ts';

void t.test('somebody for each role, with a password that nobody has to change', async (t) => {
  const { shared } = await tierBases(t);
  const factor = { secret: 'ABCD', code: '123456' };
  const giveFactor = () => Promise.resolve(factor);
  const first = await seedAccess(shared, new Date(), giveFactor);
  t.same([...new Set(first.map(({ role }) => role))].sort(), Object.keys(roles).sort());
  const health = await shared.snapshot((questions) => accessHealth(questions, new Date()));
  t.match(health, { autorizadores: 3, lapsing: 0 }, 'enough of those who let people in');
  for (const { cpf } of first)
    t.equal(
      cleanCpf(cpf, () => undefined),
      cpf,
    );
  t.same(
    first.filter((each) => each.factor !== null).map(({ role }) => role),
    first.filter(({ role }) => roles[role].hasPower).map(({ role }) => role),
  );

  // Run again, it goes on from there.
  const again = await seedAccess(shared, new Date(), giveFactor);
  const people = await shared.snapshot((questions) => listPeople(questions, new Date()));
  t.equal(people.length, first.length);
  for (const { cpf, role, body, password } of again) {
    const person = people.find((each) => each.cpf === cpf);
    t.match(person, { roles: [{ role, body }], temporaryUntil: null });
    t.equal(person?.roles.length, 1);
    const [kept] = await query<{ hash: string }>(
      shared,
      'SELECT resumo AS hash FROM acesso.senha WHERE pessoa = $1',
      [person?.id],
    );
    t.ok(await isPassword(password, kept?.hash ?? null), role);
    t.match(accountsTable(again), password);
  }
  const grants = await shared.snapshot((questions) => listGrants(questions, null));
  t.same(grants.map(({ body }) => body).sort(), ['DPU', 'SENAPPEN', 'SERIS-AL']);
});
