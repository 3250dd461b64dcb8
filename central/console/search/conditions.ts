import { ufs } from '../../../shared/cleaning/documents/uf-table.ts';
import { type Role, roles } from '../../../shared/dictionary/roles.ts';
import { openColumns, surelyOpen } from '../../base/national-layer/open-custody.ts';
import {
  type BornRole,
  birthDayKey,
  birthYearKey,
  documentColumns,
  documentForm,
  documentFormSql,
  documentKey,
  placeKey,
} from '../../base/national-layer/search-keys.ts';
import type { Sight } from '../../base/sight/sight.ts';
import type { Asked } from './asked.ts';
import type { Births } from './births.ts';
import type { Document } from './documents.ts';

/** A unit by its source and its key there. */
export interface UnitKey {
  readonly source: string;
  readonly id: string;
}

/** Conditions on a register `r` of a search sight; their values go into `parameters`. */
export class Conditions {
  readonly parameters: unknown[] = [];
  readonly #parts: string[] = [];
  #isNobody = false;

  /** Nobody can have what is asked for. */
  get isNobody(): boolean {
    return this.#isNobody;
  }

  get sql(): string {
    return this.#parts.length === 0 ? 'true' : this.#parts.join(' AND ');
  }

  /** One of these numbers is among what it is found by. */
  found(keys: readonly number[]): void {
    if (keys.length === 0) this.#isNobody = true;
    this.#parts.push(`r.chaves && ${this.#value(keys)}::int[]`);
  }

  /**
   * What was asked for besides names.
   * @param units that the unit asked for may be; null: none was
   * @param telling sources of whose custodies can be said that they are open; of others nobody is in custody, or out of it
   */
  add(asked: Asked, sight: Sight, units: readonly UnitKey[] | null, telling: readonly string[]): void {
    const { documents, births, state, role, regime, inCustody } = asked;
    for (const document of documents) this.#document(document, sight);
    for (const born of births) this.#born(born);
    if (role !== null) this.#parts.push(`r.papel = ${this.#value(role)}`);
    if (state !== null) this.#parts.push(`r.fonte = ${this.#value(state)}`);
    this.#places(state, role, sight);
    if (inCustody !== null) this.#parts.push(`r.fonte = ANY (${this.#value(telling)}::text[])`);
    if (units !== null || regime !== null || inCustody === true) this.#inCustody(sight, units, regime);
    if (inCustody === false) {
      this.#parts.push(`r.papel = 'custodiado' AND NOT EXISTS (${openCustody(sight)})`);
    }
  }

  /** Few states are looked for among the numbers; of most of them, row by row. */
  #places(state: string | null, role: Role | null, sight: Sight): void {
    const states = state === null ? sight.states : [state];
    if (states === null || states.length > 3) return;
    const seen = (role === null ? roles : [role]).filter((each) => sight.sees(each));
    this.found(states.flatMap((each) => seen.map((kind) => placeKey(each, kind))));
  }

  #document({ columns, oabOfAny, process }: Document, sight: Sight): void {
    const keys: number[] = [];
    const same: string[] = [];
    for (const column of documentColumns) {
      const form = columns[column];
      if (form === undefined) continue;
      keys.push(documentKey(column, form));
      const stored = column === 'oab' ? `(r.oab_uf || r.oab_numero)` : `r.${column}`;
      same.push(`${documentFormSql(stored)} = ${this.#value(form)}`);
    }
    if (oabOfAny !== null) {
      keys.push(...ufs.map((uf) => documentKey('oab', documentForm(`${uf} ${oabOfAny}`))));
      // It was found by both together: whoever does not see of which state it is does not find it either.
      same.push(`(r.oab_numero = ${this.#value(oabOfAny)} AND r.oab_uf IS NOT NULL)`);
    }
    const ways: string[] = [];
    if (keys.length > 0) ways.push(`(r.chaves && ${this.#value(keys)}::int[] AND (${same.join(' OR ')}))`);
    if (process !== null) {
      ways.push(`(r.papel = 'custodiado' AND (r.fonte, r.id) IN (SELECT p.fonte, p.custodiado_id
        FROM ${sight.view('processo', ['fonte', 'custodiado_id', 'numero_cnj', 'removido'])} AS p WHERE p.numero_cnj = ${this.#value(process)} AND p.removido IS NULL))`);
    }
    if (ways.length === 0) this.#isNobody = true;
    else this.#parts.push(`(${ways.join(' OR ')})`);
  }

  #born(born: Births): void {
    this.found(birthKeys(born));
    this.#parts.push(
      `r.data_nascimento BETWEEN ${this.#value(born.from)}::date AND ${this.#value(born.to)}::date`,
    );
  }

  #inCustody(sight: Sight, units: readonly UnitKey[] | null, regime: string | null): void {
    const parts = [openCustody(sight)];
    if (regime !== null) parts.push(`c.regime = ${this.#value(regime)}`);
    if (units !== null) {
      const [sources, ids] = [units.map(({ source }) => source), units.map(({ id }) => id)];
      parts.push(`(c.fonte, c.unidade_id) IN (SELECT * FROM unnest(${this.#value(sources)}::text[],
        ${this.#value(ids)}::text[]))`);
    }
    this.#parts.push(`r.papel = 'custodiado' AND EXISTS (${parts.join(' AND ')})`);
  }

  #value(value: unknown): string {
    return `$${this.parameters.push(value)}`;
  }
}

const openCustody = (sight: Sight) =>
  `SELECT FROM ${sight.view('custodia', [...openColumns, 'regime', 'unidade_id'])} AS c
    WHERE c.fonte = r.fonte AND c.custodiado_id = r.id AND ${surelyOpen}`;

const born: readonly BornRole[] = ['custodiado', 'visitante'];

/** Of a few days each of them, else the years that they lie in: which of these they are is seen by the row. */
function birthKeys({ from, to }: Births): number[] {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  if (days <= 62) {
    return Array.from({ length: days + 1 }, (_, at) =>
      new Date(Date.parse(from) + at * 86_400_000).toISOString().slice(0, 10),
    ).flatMap((day) => born.map((role) => birthDayKey(role, day)));
  }
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
  return Array.from({ length: last - first + 1 }, (_, at) => first + at).flatMap((year) =>
    born.map((role) => birthYearKey(role, year)),
  );
}
