import type { Test } from 'tap';
import { forget } from '../../../central/base/forgetting/forget.ts';
import type { Row } from '../../support/array-source.ts';
import { query, type TestBases } from '../../support/bases.ts';
import { Loader } from '../../support/loader.ts';
import { findTombstoneKey, ordered, secret } from './scene.ts';

const fields = Array.from({ length: 460 }, (_, index) => `resposta_${index}`);

const row = (id: string, person: string, filled: number): Row => [
  id,
  person,
  ...fields.map((_, at) => (at < filled ? `resposta de ${id} ao campo ${at}` : null)),
  null,
];

/** Rows that a table has no room for are in quarantine without most of their values, and are found by whom they name. */
export async function tooWideRows(t: Test, { shared: base }: TestBases): Promise<void> {
  const loader = await Loader.on(base, 'RR', ['id', 'custodiado_id', ...fields, 'atualizado_em'], {
    name: 'entrevista',
  });
  const rows = [row('1', 'larga', 460), row('2', 'outra', 460), row('3', 'outra', 5), row('4', 'larga', 5)];
  t.match(await loader.load(rows), { new: 2, quarantined: 2 });
  const kept = await query<{ values: (string | null)[] }>(
    base,
    `SELECT row_values AS values FROM guarita.quarantine WHERE source = 'RR' ORDER BY key`,
  );
  t.strictSame(
    kept.map(({ values }) => values.filter((value) => value !== null)),
    [
      ['1', 'larga'],
      ['2', 'outra'],
    ],
  );
  const person = { source: 'RR', register: { role: 'custodiado', key: ['larga'] }, secret } as const;
  const { gone } = await forget(base, person, ordered);
  t.strictSame(gone, { 'fonte_rr.entrevista': 1, 'guarita.quarantine': 1 });
  t.strictSame(await loader.open(), ['row-too-large 2']);
  t.match(await loader.load(rows, { findTombstoneKey }), { forgotten: 2, new: 0, quarantined: 1 });
  t.strictSame(await loader.open(), ['row-too-large 2'], 'and it does not come back');
}
