import { birthsInScope, bornOn } from '../../base/national-layer/births.ts';
import { peopleInside } from '../../base/national-layer/open-custody.ts';
import { eachInScope, rowsInScope, type TreatedRow } from '../../base/national-layer/read-rows.ts';
import type { CheckedSubject } from '../../base/national-layer/subject.ts';
import { type PlaceColumn, placeOf } from '../rules/places.ts';
import type { Rows, Unidade, ViewName, Visita } from '../rules/rows.ts';
import type { Dossier, Hit, Item, RowRule } from '../rules/rule.ts';
import { dossierViews, emptyDossier, loadDossiers } from './dossiers.ts';
import { lookAtPersons, lookAtShared } from './look-at-registers.ts';
import type { Look } from './looking.ts';
import type { RuleBook } from './rule-book.ts';
import type { Verdicts } from './verdicts.ts';

/** Visits in memory at once, or people of one birth: there may be any number. */
const rowsAtOnce = 5000;

const none: readonly Hit[] = [];
const hits = (view: ViewName, id: string, items: readonly Item[]): Hit[] =>
  items.map((item) => ({ view, id, ...(item === null ? {} : { item }) }));

function lookAtRow(view: ViewName, row: TreatedRow, key: string, book: RuleBook, verdicts: Verdicts): void {
  const rules = row.notes.length === 0 ? book.ofClean.get(view) : book.rows.get(view);
  const shown = book.shown.get(view);
  if (rules === undefined || shown === undefined) return;
  for (const rule of rules) verdicts.addRow(rule, key, row, shown);
}

/** Views of which each row is a subject of its own. */
const lookAtRows =
  (view: ViewName): Look =>
  async (questions, scope, source, book, verdicts) => {
    if (!book.rows.has(view)) return 0;
    const rows = await rowsInScope(questions, view, 'id', scope, { source, order: 't.id' });
    for (const row of rows) {
      lookAtRow(view, row, row.id, book, verdicts);
      verdicts.end(row.id);
      await verdicts.hand();
    }
    return rows.length;
  };

const lookAtDossiers: Look = async (questions, scope, source, book, verdicts) => {
  const all = { subject: 'unidade', under: source, after: null, upTo: null } as const;
  const found = await rowsInScope(questions, 'unidade', 'id', all, { source, order: 't.id' });
  const units = new Map(found.map((row) => [row.id, row as unknown as Unidade]));
  const unidade = (id: string | null) => (id === null ? undefined : units.get(id));
  const roles = ['visitante', 'advogado'].filter((role) => book.shown.has(role));
  const { dossiers, tooMany } = await loadDossiers(questions, scope, {
    source,
    unidade,
    roles,
    looked: book.looked,
  });
  for (const dossier of dossiers.values()) {
    lookAtDossier(dossier, book, verdicts);
    await verdicts.hand();
  }
  for (const key of tooMany)
    verdicts.fail([...book.dossier, ...book.visit, ...rowRulesOfDossiers(book)], key);
  if (book.visit.length === 0 && !book.rows.has('visita')) return dossiers.size + tooMany.size;
  const options = { source, order: 't.instante NULLS FIRST, t.id', atOnce: rowsAtOnce };
  let others = 0;
  let dossier: Dossier | undefined;
  for await (const visits of eachInScope(questions, 'visita', 'custodiado_id', scope, options)) {
    for (const visit of visits) {
      const key = visit.custodiado_id as string;
      if (dossier?.key !== key) {
        if (!dossiers.has(key) && !tooMany.has(key)) others++;
        dossier = dossiers.get(key) ?? emptyDossier(source, key, unidade);
      }
      if (!tooMany.has(key)) lookAtVisit(visit, dossier, book, verdicts);
    }
    await verdicts.hand();
  }
  return dossiers.size + tooMany.size + others;
};

function rowRulesOfDossiers({ rows }: RuleBook): readonly RowRule[] {
  return ['custodiado', 'visita', ...dossierViews].flatMap((view) => rows.get(view) ?? []);
}

function lookAtDossier(dossier: Dossier, book: RuleBook, verdicts: Verdicts): void {
  const { key, custodiado } = dossier;
  if (custodiado !== null) lookAtRow('custodiado', custodiado as unknown as TreatedRow, key, book, verdicts);
  for (const view of dossierViews) {
    for (const row of dossier[view]) lookAtRow(view, row as unknown as TreatedRow, key, book, verdicts);
  }
  for (const rule of book.dossier) verdicts.add(rule, key, () => rule.find(dossier, verdicts.calendar));
  verdicts.end(key);
}

const hitOf = ({ id }: TreatedRow): Hit => ({ view: 'visita', id });

function lookAtVisit(row: TreatedRow, dossier: Dossier, book: RuleBook, verdicts: Verdicts): void {
  const { key } = dossier;
  lookAtRow('visita', row, key, book, verdicts);
  const visit = row as unknown as Visita;
  for (const rule of book.visit) {
    verdicts.add(rule, key, () => (rule.broken(visit, dossier, verdicts.calendar) ? [hitOf(row)] : none));
  }
  verdicts.end(key);
}

const lookAtVisitors: Look = async (questions, scope, source, book, verdicts) => {
  const seen = await lookAtRows('visitante')(questions, scope, source, book, verdicts);
  if (book.visitor.length === 0) return seen;
  const options = { source, order: 't.instante NULLS FIRST, t.id', atOnce: rowsAtOnce };
  let before: Visita | undefined;
  for await (const visits of eachInScope(questions, 'visita', 'visitante_id', scope, options)) {
    for (const visit of visits as unknown as Visita[]) {
      const key = visit.visitante_id;
      if (before !== undefined && key !== null && before.visitante_id === key) {
        const pair = [before, visit] as const;
        for (const rule of book.visitor) {
          verdicts.add(rule, key, () => (rule.broken(...pair) ? [{ view: 'visita', id: visit.id }] : []));
        }
      }
      before = visit;
    }
    await verdicts.hand();
  }
  return seen;
};

const lookAtUnits: Look = async (questions, scope, source, book, verdicts) => {
  if (book.unit.length === 0 && !book.rows.has('unidade')) return 0;
  const rows = await rowsInScope(questions, 'unidade', 'id', scope, { source, order: 't.id' });
  const inside = new Map<string, Map<PlaceColumn, number>>();
  for (const { unit, people, ...custody } of await peopleInside(questions, scope, source)) {
    const place = placeOf(custody as Rows['custodia']);
    if (place === null) continue;
    const places = inside.get(unit) ?? new Map<PlaceColumn, number>();
    inside.set(unit, places.set(place, (places.get(place) ?? 0) + people));
  }
  for (const row of rows) {
    const { id } = row;
    lookAtRow('unidade', row, id, book, verdicts);
    for (const rule of book.unit) {
      const unit = row as unknown as Unidade;
      verdicts.add(rule, id, () => hits('unidade', id, rule.find(unit, inside.get(id) ?? new Map())));
    }
    verdicts.end(id);
    await verdicts.hand();
  }
  return rows.length;
};

/** Of a date that is filled in by itself there may be any number. */
const lookAtBirths: Look = async (questions, scope, source, book, verdicts) => {
  const births = await birthsInScope(questions, source, scope);
  for (const rule of book.births) {
    const dates: string[] = [];
    for (const { birth, people } of births) {
      verdicts.add(rule, birth, () => {
        if (rule.broken({ people, among: book.among })) dates.push(birth);
        return none;
      });
    }
    await verdicts.hand();
    if (dates.length === 0) continue;
    for await (const born of bornOn(questions, source, dates, { atOnce: rowsAtOnce })) {
      for (const { id, birth } of born) verdicts.add(rule, birth, () => [{ view: rule.view, id }]);
      await verdicts.hand();
    }
  }
  return births.length;
};

/** How each subject is looked at by rules. */
export const looks: Readonly<Record<CheckedSubject, Look>> = {
  custodiado: lookAtDossiers,
  visitante: lookAtVisitors,
  advogado: lookAtRows('advogado'),
  unidade: lookAtUnits,
  nascimento: lookAtBirths,
  identidade: lookAtShared('identidade'),
  cpf: lookAtShared('cpf'),
  rji: lookAtShared('rji'),
  oab: lookAtShared('oab'),
  pessoas: lookAtPersons,
};
