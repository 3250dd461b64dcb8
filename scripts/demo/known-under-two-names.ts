import type { Base } from '../../central/base/base.ts';

/**
 * Somebody worth looking at, of the made-up people: who is in custody in two states under two spellings of their name,
 * with as much of them as there is. Null where there is none, as before treatment.
 */
export async function knownUnderTwoNames(base: Base): Promise<string | null> {
  const [found] = await base.snapshot((questions) =>
    questions.query<{ id: string; names: string[]; states: string[] }>(
      `SELECT p.id, p.names, p.states FROM (
         SELECT pessoa_id AS id, array_agg(nome ORDER BY fonte) AS names, array_agg(fonte ORDER BY fonte) AS states
           FROM nacional.registro WHERE papel = 'custodiado' AND removido IS NULL AND nome IS NOT NULL
          GROUP BY pessoa_id HAVING count(DISTINCT fonte) > 1 AND count(DISTINCT nome) > 1) p
        ORDER BY (SELECT count(*) FROM nacional.registro r
                    JOIN nacional.custodia c ON c.fonte = r.fonte AND c.custodiado_id = r.id AND c.removido IS NULL
                   WHERE r.pessoa_id = p.id) DESC, p.id LIMIT 1`,
    ),
  );
  if (found === undefined) return null;
  const { id, names, states } = found;
  return [
    'Uma pessoa que vale a pena ver, em dois estados com grafias diferentes:',
    ...names.map((name, at) => `  ${states[at]}  ${name}`),
    'Entre como agente, informe uma finalidade e procure por um dos nomes, ou abra',
    `  /caso/1/pessoa/${id}`,
  ].join('\n');
}
