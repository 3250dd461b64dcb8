import { type TypedView } from '../../../central/base/national-layer/typed-views.ts';
import { thisCleaning } from '../../../central/treat/type/cleaning.ts';
import { rowTyper } from '../../../central/treat/type/typed-rows.ts';
import { rowCleaner } from '../../../shared/cleaning/clean-row.ts';
import type { CleaningContext } from '../../../shared/cleaning/cleaner.ts';
import { codeList } from '../../../shared/dictionary/codes/code-list.ts';
import { code, column, reference, view } from '../../../shared/dictionary/columns.ts';
import { values } from './values.ts';

/** What something was shown, and what came of it. */
export interface Outcome {
  readonly shown: unknown;
  readonly comesTo: unknown;
  /** Of what has one of its own, where it is not the first. */
  readonly version?: number | undefined;
}

/** A list and columns of this test's own: what the dictionary has is in the version by itself. */
const natureza = codeList('natureza', {
  provisoria: ['Prisão provisória', 'Provisório'],
  condenacao: ['Condenação', 'Condenado'],
});
const regime = codeList(
  'regime',
  {
    fechado: ['Fechado', 'Regime fechado'],
    semiaberto: ['Semiaberto'],
    sem_regime: ['Sem regime', 'Provisório'],
  },
  { Provisório: { natureza: 'provisoria' } },
);
const everyKind = view('custodiado', null, 'One column of each kind.', {
  ...{ nome: column('name', ''), nome_mae: column('name', ''), alcunhas: column('names', '') },
  ...{
    data_nascimento: column('birth-date', ''),
    entrada: column('date', ''),
    instante: column('instant', ''),
  },
  ...{ natureza: code(natureza, ''), regime: code(regime, ''), motivo: column('text', '', null, 'X') },
  ...{ rg: column('rg', ''), rg_uf: column('uf', ''), cpf: column('cpf', ''), rji: column('rji', '') },
  ...{
    oab_numero: column('oab-number', ''),
    oab_uf: column('uf', ''),
    numero_cnj: column('process-number', ''),
  },
  ...{ municipio: column('municipality', ''), cep: column('postal-code', ''), rdd: column('boolean', '') },
  ...{
    anos: column('count', ''),
    dias_remidos: column('decimal', ''),
    unidade_id: reference(['unidade'], ''),
  },
});

/** Of states with clocks of their own. */
const contexts: readonly CleaningContext[] = ['America/Maceio', 'America/Rio_Branco'].map((timeZone) => ({
  timeZone,
  assigned: new Map([['custodiado.regime', new Map([['SEMIAB', 'semiaberto']])]]),
}));

/** What each value comes to in a column, of either state. */
function cleaned(name: string): unknown[] {
  return contexts.flatMap((context) => {
    const clean = rowCleaner(everyKind, [name], context);
    return values.map((value) => clean([value]));
  });
}

/** Rows with all values in all columns, each of which has been something else, as treatment writes them. */
function typed(): unknown {
  const typedView: TypedView = {
    ...{
      view: everyKind,
      table: 'nacional.registro',
      history: 'nacional.historico_registro',
      role: 'custodiado',
    },
    columns: everyKind.columns.filter(({ kind }) => kind !== 'key'),
  };
  const names = everyKind.columns.map(({ name }) => name);
  const people = [
    ['Maria da Silva', 'Ana da Silva', '17/05/1990'],
    ['MARIA  DA SILVA', 'ana da silva', '1990-05-17'],
    ['Maria da Silva', 'Ana da Silva', '01/01/90'],
  ];
  const rowAt = (id: number, at: number) =>
    names.map((name, place) => {
      const person =
        people[id % (people.length * 2)]?.[['nome', 'nome_mae', 'data_nascimento'].indexOf(name)];
      return place === 0 ? `${id}` : (person ?? values[(at + place * 37) % values.length] ?? null);
    });
  const rows = values.map((_, id) => ({
    id: `${id}`,
    firstSeen: '2026-01-01 00:00:00+00',
    states: [0, 1, 1].map((later, at) => ({
      ...{ change: `${id * 10 + at + 1}`, since: `2026-01-0${at + 1} 00:00:00+00`, removed: null },
      values: rowAt(id, id + later),
    })),
  }));
  return contexts.map((context) => rowTyper('AL', typedView, names, context, thisCleaning)(rows, null));
}

/** By what is cleaned: what it is shown, and what that comes to. */
export function cleaningOutcomes(): ReadonlyMap<string, Outcome> {
  const columns = everyKind.columns.filter(({ kind }) => kind !== 'key');
  const outcomes = new Map<string, Outcome>();
  for (const { name, kind } of columns) {
    outcomes.set(`${kind} ${name}`, { shown: [name, values], comesTo: cleaned(name) });
  }
  const names = columns.map(({ name }) => name);
  return outcomes.set('typed rows', { shown: [names, values], comesTo: typed() });
}
