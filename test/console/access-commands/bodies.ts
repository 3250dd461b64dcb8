import type { Test } from 'tap';
import { centralInForce } from '../../../central/base/access-layer/central-migration.ts';
import type { Base } from '../../../central/base/base.ts';
import { query } from '../../support/bases.ts';
import type { MakeCommandBase } from '../../support/command-bases.ts';
import { accessScene, ana, init } from './scene.ts';

export async function bodiesAndGrants(t: Test, makeBase: MakeCommandBase): Promise<void> {
  const { run, list, look } = await accessScene(t, makeBase);
  await run(...init(ana));
  t.equal((await run('body', 'add', 'dpe-al', 'Defensoria Pública de Alagoas')).code, 0);
  t.match(await run('body', 'add', 'DPE-AL', 'Outra'), { code: 2, errors: /DPE-AL/ });
  t.match(await run('body', 'add', 'com espaço', 'x'), { code: 2 });
  const grant = (changes: Record<string, string> = {}) => {
    const said = {
      agreement: 'ACT 7/2026',
      views: 'custodiado,custodia',
      purposes: 'assistencia-juridica',
      until: '2027-12-31',
      ...changes,
    };
    return run(
      'grant',
      'add',
      'DPE-AL',
      ...Object.entries(said).flatMap(([name, value]) => [`--${name}`, value]),
    );
  };
  for (const wrong of [
    ...[{ views: 'custodiados' }, { views: '' }, { purposes: 'curiosidade' }, { states: 'Alagoas' }],
    ...[{ sensitive: 'custodiado.nada' }, { sensitive: 'saude.cid' }, { hidden: 'nome' }],
    ...[
      { until: '2020-01-01' },
      { until: '31/12/2027' },
      { 'person-quota': '0' },
      { 'body-quota': 'muitas' },
    ],
  ]) {
    t.match(await grant(wrong), { code: 2, errors: /\[option-invalid\]/ }, JSON.stringify(wrong));
  }
  t.match((await run('grant', 'list')).output, 'Nenhuma concessão em vigor.');
  t.equal((await grant({ states: 'al', sensitive: 'custodiado.cor_raca', 'person-quota': '50' })).code, 0);
  const grants = JSON.parse((await run('grant', 'list', 'dpe-al', '--json')).output) as { id: string }[];
  t.match(grants, [
    {
      ...{ body: 'DPE-AL', agreement: 'ACT 7/2026', views: ['custodiado', 'custodia'], states: ['AL'] },
      ...{ sensitive: ['custodiado.cor_raca'], personQuota: 50, until: '2028-01-01T02:59:59.000Z' },
    },
  ]);
  t.match((await run('grant', 'list')).output, 'assistencia-juridica');
  t.equal((await run('grant', 'end', grants[0]?.id ?? '')).code, 0);
  t.equal((await run('grant', 'end', grants[0]?.id ?? '')).code, 2);
  t.equal((await run('grant', 'end', 'x')).code, 2);
  const end = (short: string) => run('body', 'end', short, '--reason', 'fim do acordo');
  t.match(await end('SENAPPEN'), { code: 2, errors: /O órgão central não se encerra[^]*\[option-invalid\]/ });
  t.equal((await end('DPE-AL')).code, 0);
  t.match(await end('DPE-AL'), { code: 1, errors: /\[body-unknown\]/ });
  const kept = await look((base) =>
    query(base, 'SELECT feito AS what, por AS by, motivo AS reason FROM acesso.estrutura_historia'),
  );
  t.match(kept, [{ what: 'body-ended', by: null, reason: 'fim do acordo' }]);
  t.match(await grant(), { code: 1, errors: /\[body-unknown\]/ });
  t.match((await list()).bodies.find(({ short }) => short === 'DPE-AL')?.ended, /^\d{4}-/);

  // Before, the central body could be ended at the terminal.
  t.equal((await run('body', 'add', 'DPE-RO', 'Defensoria de Rondônia')).code, 0);
  const central = (base: Base) => query(base, 'SELECT sigla AS short FROM acesso.orgao WHERE central');
  const endCentral = (base: Base) => query(base, 'UPDATE acesso.orgao SET encerrado = now() WHERE central');
  const upgraded = await look(async (base) => {
    await base.transaction((tx) => tx.execute(centralInForce));
    const before = await central(base);
    await endCentral(base);
    await base.transaction((tx) => tx.execute(centralInForce));
    return [before, await central(base)];
  });
  t.strictSame(upgraded, [[{ short: 'SENAPPEN' }], [{ short: 'DPE-RO' }]], 'an upgrade looks for another');
  await look(async (base) => {
    await endCentral(base);
    await query(base, 'UPDATE acesso.papel SET encerrado = now()');
  });
  t.equal((await run(...init(ana).with(2, 'nova'))).code, 0);
  t.strictSame(await look(central), [{ short: 'NOVA' }], 'the next beginning makes it anew');

  const move = (short: string) => run('body', 'central', short, '--reason', 'cuida dos outros');
  t.equal((await run('body', 'add', 'DPE-AC', 'Defensoria do Acre')).code, 0);
  t.equal((await move('DPE-AC')).code, 0);
  t.strictSame(await look(central), [{ short: 'DPE-AC' }], 'and a command says which it is');
  t.match((await run('list')).output, /DPE-AC.*central/);
  t.match(await move('DPE-AC'), { code: 2, errors: /já é o central/ });
  t.match(await move('DPE-RO'), { code: 1, errors: /\[body-unknown\]/ }, 'of one that has ended');
  await look((base) => query(base, 'UPDATE acesso.orgao SET central = false'));
  t.equal((await move('NOVA')).code, 0, 'also where there was none');
  t.strictSame(await look(central), [{ short: 'NOVA' }]);
}
