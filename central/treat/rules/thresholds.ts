import { nameCut } from '../../../shared/cleaning/name-form.ts';

/** A limit that rules judge by, and where it comes from. A limit without a norm is the project's own, and says why. */
export interface Threshold {
  readonly value: number;
  /** What is counted, Portuguese. */
  readonly unit: 'anos' | 'dias' | 'horas' | 'letras' | 'linhas' | 'pessoas' | 'por cento' | 'vezes';
  /** What it limits, Portuguese. */
  readonly what: string;
  readonly source: string;
}

const own = (why: string) => `limite do projeto: ${why}`;

/** Every limit by which rules judge; the page of the rules is made from them as well. */
export const thresholds = {
  adult: { value: 18, unit: 'anos', what: 'idade para estar em custódia', source: 'CF art. 228; CP art. 27' },
  oldest: { value: 110, unit: 'anos', what: 'idade máxima', source: own('ninguém em custódia é mais velho') },
  /** It releases nobody by itself. */
  preventiveReview: {
    ...({ value: 90, unit: 'dias', what: 'revisão da prisão preventiva' } as const),
    source: 'CPP art. 316, parágrafo único; STF, ADI 6581 e 6582',
  },
  /** Prolonged once: 5 + 5. */
  temporary: { value: 10, unit: 'dias', what: 'prisão temporária', source: 'Lei 7.960/1989, art. 2' },
  /** The same for heinous crimes: 30 + 30. */
  temporaryHeinous: {
    ...({ value: 60, unit: 'dias', what: 'prisão temporária por crime hediondo' } as const),
    source: 'Lei 8.072/1990, art. 2, § 4',
  },
  provisionalLong: {
    ...({ value: 180, unit: 'dias', what: 'prisão provisória longa' } as const),
    source: own('acompanhamento de quem aguarda sentença'),
  },
  /** Three months, whichever they are. */
  civilArrest: {
    ...({ value: 92, unit: 'dias', what: 'prisão civil por alimentos (três meses)' } as const),
    source: 'CPC art. 528, § 3',
  },
  /** Either way. SEEU counts years of 365 and months of 30 days, the CP the calendar. */
  sentenceEnd: {
    ...({ value: 31, unit: 'dias', what: 'diferença no término da pena' } as const),
    source: own('o SEEU conta anos de 365 e meses de 30 dias'),
  },
  bornTogether: {
    ...({ value: 20, unit: 'pessoas', what: 'de um estado com a mesma data de nascimento' } as const),
    source: own('num estado pequeno, o acaso não passa disso'),
  },
  bornTogetherTimes: {
    ...({
      value: 10,
      unit: 'vezes',
      what: 'as pessoas que se esperam com a mesma data de nascimento',
    } as const),
    source: own('nem no ano em que nasceu mais gente se chega à metade'),
  },
  bornWithin: {
    ...({ value: 50, unit: 'anos', what: 'em que nasceu quase toda a população prisional' } as const),
    source: own('dos 18 aos 68'),
  },
  fewest: {
    ...({ value: 100, unit: 'linhas', what: 'menor visão de que se compara o volume' } as const),
    source: own('em poucas linhas, qualquer saída é muita'),
  },
  fall: {
    ...({ value: 20, unit: 'por cento', what: 'queda do volume de uma visão' } as const),
    source: own('um dia de saídas fica longe disso; uma visão que perdeu um filtro, não'),
  },
  remembered: {
    ...({ value: 30, unit: 'dias', what: 'com os quais se compara o volume' } as const),
    source: own('um mês'),
  },
  still: {
    ...({ value: 7, unit: 'dias', what: 'sem nenhuma mudança numa visão que muda todo dia' } as const),
    source: own('uma semana passa por feriados e fins de semana'),
  },
  betweenPlaces: {
    ...({ value: 2, unit: 'horas', what: 'entre visitas em duas unidades' } as const),
    source: own('tempo para ir de uma à outra'),
  },
  afterTransfer: {
    ...({ value: 30, unit: 'dias', what: 'da transferência à custódia no destino' } as const),
    source: own('tempo para registrar a chegada'),
  },
  firstPhoto: {
    ...({ value: 7, unit: 'dias', what: 'da entrada à foto de frente' } as const),
    source: own('tempo para fotografar quem entra'),
  },
  /** Between two records of one event, since what happens at night is written down by day. */
  slackDays: {
    ...({ value: 1, unit: 'dias', what: 'folga entre datas do mesmo fato' } as const),
    source: own('plantões que passam da meia-noite'),
  },
  nameCut: {
    ...({ value: nameCut, unit: 'letras', what: 'comparação de nomes' } as const),
    source: own('sistemas estaduais cortam os nomes aí'),
  },
} as const satisfies Readonly<Record<string, Threshold>>;
