import { strict as assert } from 'node:assert';
import { Calendar } from '../../../central/treat/rules/calendar.ts';
import type { PlaceColumn } from '../../../central/treat/rules/places.ts';
import type { Rows, ViewName, Visita } from '../../../central/treat/rules/rows.ts';
import type {
  Births,
  Both,
  Dossier,
  Hit,
  Register,
  Rule,
  Volume,
} from '../../../central/treat/rules/rule.ts';
import { standardViews } from '../../../shared/dictionary/standard-views.ts';

/** What a row has beside nulls; its id is its place, from 1, where it has none. */
export type Given = Readonly<Record<string, unknown>>;

/** What a rule is shown: rows by view, and what is no row. */
export type Scene = { readonly [view in ViewName]?: readonly Given[] } & {
  /** AL where it is not said. */
  readonly source?: string;
  /** The last day of November 2026 where it is not said. */
  readonly today?: string;
  /** The columns that the source shows: all of them where it is not said. */
  readonly shown?: readonly string[];
  readonly inside?: Readonly<Partial<Record<PlaceColumn, number>>>;
  readonly registers?: readonly Partial<Register>[];
  /** The same person's in custody, of whom the others are of a visitor or lawyer; and links from there to those. */
  readonly inCustody?: readonly Partial<Register>[];
  readonly toThemselves?: Both['toThemselves'];
  /** How many share a birth date. */
  readonly births?: Births;
  /** Of the view that the rule is about. */
  readonly volume?: Partial<Volume>;
};

/** Beside those of the dictionary: what is known of whom a link leads to. */
const besides: Readonly<Record<string, Given>> = {
  vinculo: { pessoaExiste: true, pessoaPropria: false },
};

interface Blank {
  readonly row: Given;
  readonly codes: ReadonlyMap<string, readonly string[] | undefined>;
}

/** Of each view, a row without values, and the codes of its columns. */
const blanks: ReadonlyMap<string, Blank> = new Map(
  standardViews.map(({ name, columns }) => [
    name,
    {
      row: {
        ...Object.fromEntries(columns.map((column) => [column.name, null])),
        ...besides[name],
        notes: [],
      },
      codes: new Map(
        columns.map(({ name: column, codes }) => [column, codes?.values.map(({ code }) => code)]),
      ),
    },
  ]),
);

/** A row of a standard view. A column or a code that the dictionary has not is a mistake of the test. */
export function rowOf<V extends ViewName>(view: V, given: Given, id: string): Rows[V] {
  const blank = blanks.get(view);
  assert.ok(blank, view);
  for (const [name, value] of Object.entries(given)) {
    assert.ok(name in blank.row, `${view} has no ${name}`);
    const codes = blank.codes.get(name);
    const isKnown = codes?.some((code) => code === value) ?? true;
    assert.ok(value === null || isKnown, `${view}.${name} has a value that is none of its codes`);
  }
  return { ...blank.row, id, ...given } as Rows[V];
}

function rowsOf<V extends ViewName>(scene: Scene, view: V): readonly Rows[V][] {
  const given: readonly Given[] = scene[view] ?? [];
  return given.map((row, place) => rowOf(view, row, String(place + 1)));
}

export function dossierOf(scene: Scene): Dossier {
  const [person = null] =
    scene.custodiado === undefined ? [rowOf('custodiado', {}, '1')] : rowsOf(scene, 'custodiado');
  const units = new Map(rowsOf(scene, 'unidade').map((unit) => [unit.id, unit]));
  return {
    source: scene.source ?? 'AL',
    key: person?.id ?? '1',
    custodiado: person,
    outro_nome: rowsOf(scene, 'outro_nome'),
    custodia: rowsOf(scene, 'custodia'),
    movimentacao: rowsOf(scene, 'movimentacao'),
    processo: rowsOf(scene, 'processo'),
    pena: rowsOf(scene, 'pena'),
    remicao: rowsOf(scene, 'remicao'),
    trabalho_estudo: rowsOf(scene, 'trabalho_estudo'),
    falta_disciplinar: rowsOf(scene, 'falta_disciplinar'),
    saude: rowsOf(scene, 'saude'),
    vinculo: rowsOf(scene, 'vinculo') as Dossier['vinculo'],
    foto: rowsOf(scene, 'foto'),
    unidade: (id) => (id === null ? undefined : units.get(id)),
  };
}

export function registersOf(given: readonly Partial<Register>[] = []): readonly Register[] {
  return given.map((given, place) => ({
    source: 'AL',
    role: 'custodiado',
    id: String(place + 1),
    person: `p${place + 1}`,
    identidade: null,
    nome: null,
    nome_mae: null,
    data_nascimento: null,
    cpf: null,
    rji: null,
    notes: [],
    openRegimes: [],
    ...given,
  }));
}

/** All that a rule finds, as who runs it would: by its scope. */
export function judge(rule: Rule, scene: Scene, calendar?: Calendar): readonly Hit[] {
  const today = calendar ?? new Calendar(scene.today ?? '2026-11-30');
  const { view } = rule;
  const hitsOf = (id: string, items: readonly (string | null)[]): readonly Hit[] =>
    items.map((item) => (item === null ? { view, id } : { view, id, item }));
  switch (rule.scope) {
    case 'row': {
      const shown = { source: scene.source ?? 'AL', columns: new Set(scene.shown ?? columnsOf(view)) };
      return rowsOf(scene, view).flatMap((row) => hitsOf(row.id, rule.find(row, today, shown)));
    }
    case 'dossier':
      return rule.find(dossierOf(scene), today);
    case 'visit': {
      const dossier = dossierOf(scene);
      const broken = rowsOf(scene, 'visita').filter((visit) => rule.broken(visit, dossier, today));
      return broken.flatMap(({ id }) => hitsOf(id, [null]));
    }
    case 'visitor':
      return pairsOf(rowsOf(scene, 'visita')).flatMap(([before, visit]) =>
        rule.broken(before, visit) ? hitsOf(visit.id, [null]) : [],
      );
    case 'unit': {
      const inside = new Map(Object.entries(scene.inside ?? {})) as ReadonlyMap<PlaceColumn, number>;
      return rowsOf(scene, 'unidade').flatMap((unit) => hitsOf(unit.id, rule.find(unit, inside)));
    }
    case 'shared':
    case 'person':
      return rule.find(registersOf(scene.registers));
    case 'both':
      return rule.find({
        own: registersOf(scene.registers),
        inCustody: registersOf(scene.inCustody),
        toThemselves: scene.toThemselves ?? [],
      });
    case 'births':
      return rule.broken(scene.births ?? { people: 0, among: 0 }) ? hitsOf('1', [null]) : [];
    case 'view':
      return hitsOf('', rule.find({ rows: 0, most: null, still: null, ...scene.volume }));
  }
}

export function columnsOf(view: string): readonly string[] {
  const spec = standardViews.find(({ name }) => name === view);
  return (spec?.columns ?? []).map(({ name }) => name);
}

function pairsOf(visits: readonly Visita[]): readonly (readonly [Visita, Visita])[] {
  return visits.slice(1).map((visit, place) => [visits[place] as Visita, visit]);
}

/** A finding as cases write it: `1`, `1 column`, `AL 1`. */
export function told({ source, id, item }: Hit): string {
  return [source, id, item].filter((each) => each !== undefined).join(' ');
}

/** What a rule finds, in an order of its own. */
export function findings(rule: Rule, scene: Scene, calendar?: Calendar): readonly string[] {
  return judge(rule, scene, calendar)
    .map((hit) => `${hit.view} ${told(hit)}`)
    .sort();
}
