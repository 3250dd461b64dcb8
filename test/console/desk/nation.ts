import type { Base } from '../../../central/base/base.ts';
import { natalId } from '../../../central/base/national-layer/natal-id.ts';
import { rules } from '../../../central/treat/rules/all.ts';
import { treat } from '../../../central/treat/treat.ts';
import { dayOf } from '../../../shared/day.ts';
import type { Loader } from '../../support/loader.ts';
import { given } from '../../treat/bad-input/given.ts';
import { requireNoProblem } from '../../treat/small-state/small-state.ts';

const columns = {
  custodiado: ['id', 'nome', 'nome_mae', 'data_nascimento', 'cpf', 'sexo', 'estado_civil'],
  custodia: ['id', 'custodiado_id', 'unidade_id', 'entrada', 'saida', 'regime'],
} as const;
type View = keyof typeof columns;
type Row = readonly (string | null)[];

const [mother, birth, cpf] = ['ANA LIMA DA SILVA', '1980-05-13', '529.982.247-25'];

/**
 * Three states. José is in AL and in RO under two spellings, and held in both; in AL there is his twin too, in MS a namesake
 * of whom little is known; two Marias of AL may be one. AL writes two words that nobody knows.
 */
const nation: Readonly<Record<string, Readonly<Partial<Record<View, readonly Row[]>>>>> = {
  AL: {
    custodiado: [
      ['1', 'JOSE LIMA DA SILVA', mother, birth, cpf, 'M', 'Solteiro'],
      ['2', 'JORGE LIMA DA SILVA', mother, birth, null, 'M', null],
      ['3', 'TERESA ALVES', 'RITA ALVES', '1970-01-20', null, 'F', null],
      ['400', 'MARIA APARECIDA GOMES', 'RITA DE CASSIA GOMES', '1990-07-07', null, 'F', null],
      ['500', 'MARIA APARECIDA GOMES', null, '1990-07-07', null, 'F', null],
      ['600', 'ANTONIO PEREIRA NUNES', 'ZILDA PEREIRA', '1966-03-02', null, 'M', null],
      ['700', 'CARLOS DIAS', 'MARTA DIAS', '1995-12-11', null, 'M', null],
    ],
    custodia: [
      ['1', '1', '7', '2026-01-01', null, 'fechado'],
      ['2', '2', '7', '2026-01-01', null, 'SEMI AB. X'],
      ['3', '3', '7', '2026-01-01', null, 'semi ab x'],
      ['4', '400', '7', '2026-01-01', null, 'A ESCLARECER'],
    ],
  },
  MS: {
    custodiado: [
      ['900', 'JOSE LIMA DA SILVA', null, birth, null, 'M', null],
      ['901', 'SEBASTIAO ROCHA', 'IRENE ROCHA', '1955-10-30', null, 'M', null],
    ],
  },
  RO: {
    custodiado: [['77', 'JOSE LIMA SILVA', mother, birth, cpf, 'M', 'Casado']],
    custodia: [['1', '77', '3', '2026-02-01', null, 'fechado']],
  },
};

export const ids = {
  jose: natalId('AL', 'custodiado', '1'),
  again: natalId('RO', 'custodiado', '77'),
  twin: natalId('AL', 'custodiado', '2'),
  namesake: natalId('MS', 'custodiado', '900'),
  teresa: natalId('AL', 'custodiado', '3'),
  maria: natalId('AL', 'custodiado', '400'),
  otherMaria: natalId('AL', 'custodiado', '500'),
  antonio: natalId('AL', 'custodiado', '600'),
  carlos: natalId('AL', 'custodiado', '700'),
  sebastiao: natalId('MS', 'custodiado', '901'),
} as const;

/** Loads and treats these people. @param states of which: those of a base that has no others */
export async function deskNation(
  base: Base,
  states: readonly string[] = Object.keys(nation),
): Promise<ReadonlyMap<string, Loader>> {
  const loaders = new Map<string, Loader>();
  for (const state of states) {
    for (const [view, rows] of Object.entries(nation[state] ?? {}) as [View, readonly Row[]][]) {
      loaders.set(`${state} ${view}`, await given(base, state, view, columns[view], rows));
    }
  }
  await treatNow(base);
  return loaders;
}

/** As a treatment of today does it. */
export async function treatNow(base: Base): Promise<void> {
  requireNoProblem(await treat(base, { rules, today: dayOf(new Date()) }));
}

/** Days before today on which AL was treated, each a little better than the one before. */
export async function earlierDays(base: Base, days = 20): Promise<void> {
  await base.transaction(async (tx) => {
    await tx.query(
      `INSERT INTO nacional.qualidade (dia, fonte, visao, linhas, com_achados, peso, nota)
       SELECT $1::date - d, 'AL', 'custodia', 4, 4, 2 + d * 0.05, round((1 - (2 + d * 0.05) / 4)::numeric * 100, 1)
         FROM generate_series(1, $2::int) AS d`,
      [dayOf(new Date()), days],
    );
    await tx.query(
      `INSERT INTO nacional.achado_resumo (dia, fonte, visao, regra, abertos, novos, resolvidos)
       SELECT $1::date - d, 'AL', 'custodia', 'T03', 3 + d, 0, 1 FROM generate_series(1, $2::int) AS d`,
      [dayOf(new Date()), days],
    );
  });
}
