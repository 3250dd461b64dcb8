import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import { query } from '../../support/bases.ts';
import { requireNoProblem } from '../small-state/small-state.ts';
import { given, treated } from './given.ts';

/** No run of it is like another, so that no index has room for more of it by packing it. */
function unlike(bytes: number): string {
  let text = '';
  for (let number = 1; text.length < bytes; number = (number * 48_271) % 2_147_483_647)
    text += number.toString(36);
  return text.slice(0, bytes);
}

const odd = [
  ' a',
  'a ',
  'a\tb',
  'a\nb',
  'a\\b',
  '\\N',
  `a"b'c`,
  '\u202Ea',
  '👮',
  'a,b}',
  'a',
  '\uFEFFa',
  unlike(2500),
];

/** Rows of odd keys, and rows that refer to them. */
export async function oddKeys(t: Test, base: Base, source: string): Promise<void> {
  await given(
    base,
    source,
    'unidade',
    ['id', 'nome', 'vagas_fechado'],
    odd.map((id) => [id, 'X', '-1']),
  );
  await given(
    base,
    source,
    'custodiado',
    ['id', 'nome', 'cpf'],
    odd.map((id) => [id, '1', '529.982.247-25']),
  );
  const columns = ['id', 'custodiado_id', 'unidade_id', 'entrada', 'saida'];
  const custodies = odd.map((id) => [id, id, id, '2026-01-02', '2026-01-01']);
  await given(base, source, 'custodia', columns, [...custodies, ['far', unlike(4000), unlike(4000), '', '']]);
  const visits = odd.map((id) => [id, id, id, unlike(4000), '2026-01-01 10:00']);
  await given(
    base,
    source,
    'visita',
    ['id', 'custodiado_id', 'visitante_id', 'unidade_id', 'instante'],
    visits,
  );
  const links = odd.map((id) => [id, id, 'Visitante', unlike(2500)]);
  await given(base, source, 'vinculo', ['id', 'custodiado_id', 'pessoa_tipo', 'pessoa_id'], links);
  const result = await treated(base, source);
  requireNoProblem([result]);
  const [row] = await query<{ people: number; apart: number }>(
    base,
    `SELECT count(*)::int AS people, (SELECT count(DISTINCT id)::int FROM nacional.achado
        WHERE fonte = $1 AND regra = 'C03' AND resolvido IS NULL) AS apart
       FROM nacional.registro WHERE fonte = $1 AND papel = 'custodiado'`,
    [source],
  );
  t.strictSame(await query(base, 'SELECT code, key FROM guarita.quarantine WHERE source = $1', [source]), []);
  t.strictSame(row, { people: odd.length, apart: odd.length }, 'each is a row of its own, and is found');
  const lost = await query<{ id: string }>(
    base,
    `SELECT id FROM nacional.achado WHERE fonte = $1 AND regra = 'C01' AND resolvido IS NULL`,
    [source],
  );
  t.strictSame(lost, [{ id: 'far' }], 'who refers to a row by its key finds it');
}
