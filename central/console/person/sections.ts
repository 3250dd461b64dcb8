import type { Role } from '../../../shared/dictionary/roles.ts';
import type { Sight } from '../../base/sight/sight.ts';

/** What is told of a person in a list of rows of one view, on their page and on a page of its own. */
export interface Section {
  /** Of its own page, and of its place on the person's. */
  readonly path: string;
  readonly title: string;
  readonly view: string;
  /** By kind of person, the column by which rows are theirs. */
  readonly by: Partial<Readonly<Record<Role, string>>>;
  /** The date by which the latest come first; null: by source and key. */
  readonly order: string | null;
  /** What is shown, the first one names the row. */
  readonly columns: readonly string[];
  /** Said where there are none. */
  readonly empty: string;
  /** How many are on the person's own page. */
  readonly first: number;
}

const own = { custodiado: 'custodiado_id' } as const;

export const custody: Section = {
  ...{ path: 'custodias', title: 'Custódias', view: 'custodia', by: own, order: 'entrada', first: 8 },
  columns: ['entrada', 'saida', 'unidade_id', 'natureza', 'regime', 'ala', 'cela', 'motivo_saida'],
  empty: 'Nenhuma custódia.',
};

export const movements: Section = {
  ...{ path: 'movimentacoes', title: 'Movimentações', view: 'movimentacao', by: own, order: 'instante' },
  ...{ first: 10, columns: ['instante', 'tipo', 'unidade_origem_id', 'unidade_destino_id', 'motivo'] },
  empty: 'Nenhuma movimentação.',
};

export const visits: Section = {
  ...{ path: 'visitas', title: 'Visitas', view: 'visita', order: 'instante', first: 10 },
  by: { ...own, visitante: 'visitante_id' },
  columns: ['instante', 'visitante_id', 'custodiado_id', 'unidade_id'],
  empty: 'Nenhuma visita.',
};

export const links: Section = {
  ...{ path: 'vinculos', title: 'Vínculos', view: 'vinculo', order: 'inicio', first: 10 },
  by: { ...own, visitante: 'pessoa_id', advogado: 'pessoa_id' },
  columns: ['pessoa_id', 'custodiado_id', 'pessoa_tipo', 'parentesco', 'situacao', 'inicio', 'fim'],
  empty: 'Nenhum vínculo.',
};

const sentences: Section = {
  ...{ path: 'penas', title: 'Penas', view: 'pena', by: own, order: 'inicio', first: 8 },
  columns: [
    ...['inicio', 'anos', 'meses', 'dias', 'termino_previsto', 'dias_remidos', 'dias_detracao'],
    'dias_interrupcao',
  ],
  empty: 'Nenhuma pena.',
};

const remissions: Section = {
  ...{ path: 'remicoes', title: 'Remições', view: 'remicao', by: own, order: 'inicio', first: 5 },
  columns: ['tipo', 'dias', 'inicio', 'fim', 'homologada_em'],
  empty: 'Nenhuma remição.',
};

const processes: Section = {
  ...{ path: 'processos', title: 'Processos', view: 'processo', by: own, order: 'data_fato', first: 8 },
  columns: ['numero_cnj', 'orgao', 'tipo_penal', 'data_fato', 'pena_minima_meses', 'pena_maxima_meses'],
  empty: 'Nenhum processo.',
};

const work: Section = {
  ...{ path: 'trabalho-e-estudo', title: 'Trabalho e estudo', view: 'trabalho_estudo', by: own },
  ...{ order: 'inicio', first: 5, columns: ['tipo', 'inicio', 'fim', 'dias', 'horas'] },
  empty: 'Nenhum período de trabalho ou estudo.',
};

const faults: Section = {
  ...{ path: 'faltas', title: 'Faltas disciplinares', view: 'falta_disciplinar', by: own, order: 'inicio' },
  ...{ first: 5, columns: ['tipo', 'natureza', 'inicio', 'fim'] },
  empty: 'Nenhuma falta.',
};

const health: Section = {
  ...{ path: 'saude', title: 'Saúde', view: 'saude', by: own, order: 'inicio', first: 5 },
  columns: ['tipo', 'inicio', 'fim'],
  empty: 'Nada informado.',
};

const otherNames: Section = {
  ...{ path: 'outros-nomes', title: 'Outros nomes', view: 'outro_nome', by: own, order: null, first: 10 },
  columns: ['nome', 'tipo'],
  empty: 'Nenhum outro nome.',
};

/** In the order of the page; custody and movements stand with the timeline. */
export const listed: readonly Section[] = [
  ...[sentences, remissions, processes, work, faults, health, otherNames, visits, links],
];

/** Each has a page of its own. */
export const sections: readonly Section[] = [custody, movements, ...listed];

/** Whether there is anything to be shown of a section. */
export function isSeen({ view, columns }: Section, sight: Pick<Sight, 'sees'>): boolean {
  return columns.some((column) => sight.sees(view, column));
}

/** A column that says nothing here: by it the rows are this person's. */
export function shownColumns({ columns, by }: Section, role: Role): readonly string[] {
  return columns.filter(
    (column) => column !== by[role] && !(column === 'pessoa_tipo' && role !== 'custodiado'),
  );
}
