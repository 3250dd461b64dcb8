import { count } from '../../count-format.ts';
import { smallRelation } from '../../sources/reading/view-snapshot.ts';
import { modeOf } from '../../sources/view-config.ts';
import { ok, trouble } from '../check.ts';
import { told, toldAfter } from './attempt.ts';
import type { ViewFacts, ViewLook } from './facts.ts';
import type { SourceCheck } from './names.ts';

/** Whether its rows could be read at all. */
export function checkRows({ look, config: { name } }: ViewFacts): readonly SourceCheck[] {
  return [told(look, 'rows', name, ({ rows }) => ok('rows', name, `${count.format(rows)} linhas`))];
}

export function checkKeys(view: ViewFacts): readonly SourceCheck[] {
  return ofLook(view, 'keys', ({ repeatedKeys, keysSampled, onlyAlike, nullKeys }, name) => {
    const key = view.config.key.join(', ');
    const troubles: SourceCheck[] = [];
    if (repeatedKeys > 0 && keysSampled > 0 && keysSampled === onlyAlike) {
      const message = `${count.format(repeatedKeys)} chaves (${key}) são iguais a outras para o banco, mas escritas de outro modo.`;
      const next =
        'Diferem só em maiúsculas, acentos, espaços no fim ou casas decimais. Nada se perde: cada uma segue como linha própria. Confira se são mesmo registros diferentes.';
      troubles.push(trouble('keys', name, 'warning', message, next));
    } else if (repeatedKeys > 0) {
      const message = `${count.format(repeatedKeys)} chaves (${key}) estão em mais de uma linha.`;
      const next =
        'Corrija a visão (junções que multiplicam linhas; números juntados sem separador, em que 1 e 1234 dão o mesmo que 11 e 234) ou "key": cada linha precisa da sua chave.';
      troubles.push(trouble('keys', name, 'critical', message, next));
    }
    if (nullKeys > 0) {
      const message = `${count.format(nullKeys)} linhas têm chave (${key}) nula.`;
      const next = 'Corrija a visão ou "key": linhas sem chave não entram na base nacional.';
      troubles.push(trouble('keys', name, 'critical', message, next));
    }
    return troubles.length > 0 ? troubles : ok('keys', name, `chave ${key} sem repetidas nem nulas`);
  });
}

/** A log says what it was made to say: what it leaves out cannot be told from it. */
export function checkLog(view: ViewFacts): readonly SourceCheck[] {
  const { changelog } = view.config;
  if (modeOf(view.config) !== 'changelog' || changelog === undefined) return [];
  return ofLook(view, 'log', ({ log }, name) => {
    const { isSmall, order } = log ?? { isSmall: true, order: 'none' };
    if (order === 'unserved' && !isSmall) {
      const message = `Nenhum índice serve o log por "${changelog.watermark}", para a frente e para trás: cada coleta o lê inteiro (mais de ${count.format(smallRelation)} registros).`;
      const next = `Na tabela do log, crie um índice por "${changelog.watermark}"; no Firebird, mais um, descendente: "guarita-agent sql --part log" mostra como.`;
      return trouble('log', name, 'warning', message, next);
    }
    const index = order === 'served' ? 'índice serve o log; ' : '';
    return ok(
      'log',
      name,
      `${index}o que ele não anota (só maiúsculas ou acentos, nulo que vira vazio, chave renumerada, tabela filha, foto) aparece na conferência completa`,
    );
  });
}

/** Null watermarks are carried in every cycle, and their changes are found by comparison alone. */
export function checkWatermarks(view: ViewFacts): readonly SourceCheck[] {
  const { watermark } = view.config;
  if (watermark === undefined) return [];
  return ofLook(view, 'watermarks', ({ nullWatermarks }, name) => {
    if (nullWatermarks === 0) return ok('watermarks', name, `${watermark} sem nulas`);
    const message = `${count.format(nullWatermarks)} linhas têm "${watermark}" nula.`;
    const next =
      'Mudanças nelas só se acham na conferência completa. Na visão, use COALESCE com a data de inclusão.';
    return trouble('watermarks', name, 'warning', message, next);
  });
}

export function checkOrder(view: ViewFacts): readonly SourceCheck[] {
  return ofLook(view, 'order', ({ order, rows }, name) => {
    const { watermark, key } = view.config;
    const columns = [...(watermark === undefined ? [] : [watermark]), ...key].join(', ');
    if (order === 'none') return ok('order', name, 'sem linhas que peçam índice');
    if (order === 'served') return ok('order', name, `índice serve a leitura por (${columns})`);
    if (rows <= smallRelation) return ok('order', name, 'pequena, dispensa índice');
    const index =
      `CREATE INDEX guarita_${indexName(name)} ON <tabela> (${columns}); ` +
      'elas devem vir de uma só tabela, sem conversão.';
    if (order === 'hidden') {
      // Nothing that the state could mend: it would be told for ever.
      const message = `o banco não mostra a este usuário se um índice serve a leitura por (${columns}): o DBA confere; se não houver, ${index}`;
      return ok('order', name, message);
    }
    const message = `Nenhum índice serve a leitura por (${columns}): cada página relê e ordena a visão inteira.`;
    const next = `Na tabela de que vêm essas colunas: ${index}`;
    return trouble('order', name, 'warning', message, next);
  });
}

function indexName(view: string): string {
  return view.toLowerCase().replace(/[^a-z0-9]+/g, '_');
}

/** Columns are named, values never are. */
export function checkText(view: ViewFacts): readonly SourceCheck[] {
  return ofLook(view, 'text', ({ sample }, name) => {
    const { rows, undecodable, columns, withNul, nulColumns, tooLarge } = sample;
    const troubles: SourceCheck[] = [];
    if (undecodable > 0) {
      const message = `${count.format(undecodable)} de ${count.format(rows)} linhas têm texto ilegível em: ${columns.join(', ')}.`;
      const next =
        'Nada se perde: os bytes seguem marcados. Corrija na origem, ou confira o conjunto de caracteres declarado.';
      troubles.push(trouble('text', name, 'warning', message, next));
    }
    if (withNul > 0) {
      const message = `${count.format(withNul)} de ${count.format(rows)} linhas têm um byte nulo (0x00) dentro do texto em: ${nulColumns.join(', ')}.`;
      const next =
        'Nada se perde: os bytes seguem marcados. O conjunto de caracteres está certo; na visão, tire o byte nulo (REPLACE) ou corrija na origem.';
      troubles.push(trouble('text', name, 'warning', message, next));
    }
    if (tooLarge > 0) {
      const message = `${count.format(tooLarge)} de ${count.format(rows)} linhas são grandes demais para seguir.`;
      const next = 'Deixe objetos grandes (fotos, arquivos) fora da visão: a linha leva só a referência.';
      troubles.push(trouble('text', name, 'warning', message, next));
    }
    return troubles.length > 0
      ? troubles
      : ok('text', name, `textos legíveis (amostra de ${count.format(rows)} linhas)`);
  });
}

function ofLook(
  { look, config }: ViewFacts,
  check: 'keys' | 'log' | 'watermarks' | 'order' | 'text',
  tell: (look: ViewLook, name: string) => SourceCheck | readonly SourceCheck[],
): readonly SourceCheck[] {
  return toldAfter(look, 'rows', check, config.name, (found) => tell(found, config.name));
}
