import { gzipSync } from 'node:zlib';
import type { Test } from 'tap';
import { natalId } from '../../../central/base/national-layer/natal-id.ts';
import { query } from '../../support/bases.ts';
import type { ConsoleScene } from '../scene.ts';
import { atWork, wordsOf } from './person-scene.ts';

const states = ['AC', 'BA', 'CE', 'BA', 'DF'];
const keys = states.map((state, at) => ({ state, key: `g${at}` }));
const person = natalId('AC', 'custodiado', 'g0');
const nameless = natalId('AC', 'custodiado', 'n0');
const moments = `1 AS desde_mudanca, '2026-01-01'::timestamptz AS desde`;

/** Somebody of whom there is more of everything than anybody has: registers that agree in nothing. */
export async function madeLarge({ base }: ConsoleScene, visits: number): Promise<void> {
  const registers = keys.map(({ state, key }, at) => ({
    ...{
      fonte: state,
      papel: 'custodiado',
      id: key,
      natal_id: natalId(state, 'custodiado', key),
      pessoa_id: person,
    },
    ...{ nome: at === 0 ? 'X'.repeat(4000) : `PESSOA ${at}`, nome_mae: `MÃE ${at}`, nome_pai: `PAI ${at}` },
    ...{
      data_nascimento: `198${at}-01-01`,
      sexo: at % 2 === 0 ? 'M' : 'F',
      cpf: `5299822472${at}`,
      rg: `${at}`,
    },
    ...{
      rg_uf: state,
      rji: `17000011${at}`,
      alcunhas: Array.from({ length: 40 }, (_, n) => `APELIDO ${at} ${n}`),
    },
    ...{
      nacionalidade: `PAÍS ${at}`,
      registro_estadual: `${at}`,
      infopen: `${at}`,
      estado_civil: 'solteiro',
    },
    ...{ primeira_vez: '2026-01-01', desde_mudanca: 1, desde: '2026-01-01' },
  }));
  const none = { fonte: 'AC', papel: 'custodiado', id: 'n0', natal_id: nameless, pessoa_id: nameless };
  const all = [...registers, { ...none, primeira_vez: '2026-01-01', desde_mudanca: 1, desde: '2026-01-01' }];
  await query(
    base,
    'INSERT INTO nacional.registro SELECT * FROM jsonb_populate_recordset(NULL::nacional.registro, $1)',
    [JSON.stringify(all)],
  );
  await query(
    base,
    `INSERT INTO nacional.registro (fonte, papel, id, nome, natal_id, pessoa_id, primeira_vez, desde_mudanca, desde)
     SELECT 'AC', 'visitante', 'gv' || n, 'VISITANTE ' || n, gen_random_uuid(), gen_random_uuid(), now(), ${moments}
       FROM generate_series(1, 300) n`,
  );
  const fill = (view: string, columns: string, values: string, rows: number) =>
    query(
      base,
      `INSERT INTO nacional.${view} (fonte, id, custodiado_id, ${columns}, desde_mudanca, desde)
       SELECT 'AC', 'g' || n, 'g0', ${values}, ${moments} FROM generate_series(1, ${rows}) n`,
    );
  await fill(
    'visita',
    'visitante_id, instante',
    `'gv' || (1 + n % 300), '2020-01-01'::timestamp + n * interval '1 hour'`,
    visits,
  );
  await fill(
    'vinculo',
    'pessoa_tipo, pessoa_id, parentesco, inicio',
    `'visitante', 'gv' || n, 'amigo', '2020-01-01'::date + n`,
    300,
  );
  await fill(
    'movimentacao',
    'tipo, instante, motivo',
    `'transferencia', '2024-05-05'::timestamp + n * interval '20 minutes', repeat('MOTIVO ', 60)`,
    40,
  );
  await fill(
    'custodia',
    'unidade_id, entrada, saida, regime, ala, cela',
    `'u' || (n % 40), '2000-01-01'::date + n * 60, '2000-02-01'::date + n * 61, 'fechado', 'B', '1'`,
    70,
  );
  await fill(
    'processo',
    'numero_cnj, orgao, tipo_penal',
    `'00012344620248020001', repeat('VARA ', 50), repeat('ART. ', 90)`,
    120,
  );
  await fill('pena', 'anos, inicio', `n, '2001-01-01'::date + n`, 60);
  for (const view of ['remicao', 'trabalho_estudo', 'falta_disciplinar'])
    await fill(view, 'tipo, inicio', `'trabalho', '2001-01-01'::date + n`, 60);
  await fill('outro_nome', 'nome', `'OUTRO ' || repeat('NOME ', 40) || n`, 60);
  await query(
    base,
    `INSERT INTO nacional.custodia (fonte, id, custodiado_id, desde_mudanca, desde) SELECT 'BA', 'sem data', 'g1', ${moments}`,
  );
  // Very many findings, of rules that look at single rows.
  await query(
    base,
    `INSERT INTO nacional.achado (regra, fonte, visao, id, item, assunto, fonte_assunto, chave, desde, visto)
     SELECT 'T01', 'AC', 'visita', 'g' || n, 'unidade_id', 'custodiado', 'AC', 'g0', now(), now() FROM generate_series(1, ${Math.min(visits, 2000)}) n`,
  );
}

const mostBytes = 100_000;

export async function largeIsBounded(t: Test, scene: ConsoleScene, visits: number): Promise<void> {
  const { open, browser } = await atWork(scene);
  const page = await open(person);
  t.equal(page.status, 200);
  t.ok(
    Buffer.byteLength(page.text) <= mostBytes,
    `${Buffer.byteLength(page.text)} bytes, ${gzipSync(page.text).length} with gzip`,
  );
  const words = wordsOf(page.text);
  t.match(words, /^PESSOA 1 |^X{120}…/);
  t.notMatch(page.text, 'X'.repeat(121));
  t.match(words, 'As 24 unidades mais antigas não cabem');
  t.match(words, 'Sem data, e por isso só na tabela: 1');
  t.match(words, 'Há mais linhas com achados');
  t.match(words, 'e mais 997');
  const some = await atWork(scene, { hidden: ['visita.unidade_id'] });
  const told = wordsOf((await some.open(person)).text);
  t.match(told, 'Achados');
  t.notMatch(told, 'Há mais linhas com achados', 'of what is not told there is no more');

  let [seen, below] = [0, '/visitas'];
  for (let pages = 0; below !== '' && pages < 4; pages++) {
    const shown = await open(person, below);
    t.equal(shown.status, 200);
    t.ok(Buffer.byteLength(shown.text) <= mostBytes, `${Buffer.byteLength(shown.text)} bytes`);
    seen += shown.text.match(/<th role="rowheader"/g)?.length ?? 0;
    below = /href="[^"]*(\/visitas\?apos=[^"]*)"/.exec(shown.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
  }
  t.equal(seen, Math.min(visits, 200), 'page by page, each once');
  for (const wrong of ['x', '2024-02-30 00:00:00~AC~1', '~~']) {
    t.equal((await open(person, `/visitas?apos=${encodeURIComponent(wrong)}`)).status, 400);
  }
  const why = await open(person, '/por-que');
  t.ok(Buffer.byteLength(why.text) <= mostBytes);
  t.equal(why.text.match(/<caption>/g)?.length, 4, 'five registers hang together by four pairs');
  const unnamed = await open(nameless);
  t.match(
    wordsOf(unnamed.text),
    /^Pessoa sem nome informado .*Não se sabe onde está: não há nenhuma custódia/,
  );
  t.equal((await browser.get('/caso/1/pessoa/')).status, 404);
}
