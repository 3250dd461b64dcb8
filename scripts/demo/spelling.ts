import type { StandardColumn } from '../../shared/dictionary/columns.ts';
import type { ColumnType } from '../../shared/dictionary/kinds.ts';
import { type Uf, withoutMarks } from './people.ts';
import type { Rng } from './rng.ts';

/** What is needed of a column to make its values. */
export type MadeColumn = Pick<StandardColumn, 'name' | 'type' | 'kind' | 'required' | 'codes' | 'to'>;

/** What is written as it is, whatever the column: an error, or a spelling that was chosen already. */
export class Raw {
  readonly text: string | null;

  constructor(text: string | null) {
    this.text = text;
  }
}

/** National values: codes, days `2026-01-31`, true and false. */
export type Made = string | number | boolean | null | Raw;
export type MadeRow = Readonly<Record<string, Made>>;
export type Value = string | number | null;

/** How a state's system writes what it holds. */
export interface Dialect {
  /** How it declares a column. */
  type(declared: ColumnType): ColumnType;
  /** Whether dates are texts in it. */
  readonly takesText: boolean;
  write(column: MadeColumn): (value: Made, rng: Rng) => Value;
}

/** A form with boxes of its own for every list, each another's work: any spelling, with accents or without. */
const anySpelling: Spell = (spellings, rng) => {
  const spelling = rng.pick(spellings);
  const way = rng.fraction();
  if (way < 0.5) return spelling;
  return way < 0.8 ? spelling.toUpperCase() : withoutMarks(spelling).toUpperCase();
};

/** One list with some leftovers of the system before. */
const mostlyOne: Spell = (spellings, rng) =>
  (rng.chance(0.9) ? spellings[0] : rng.pick(spellings)).toUpperCase();

const onlyOne: Spell = ([label]) => label.toUpperCase();

type Spell = (spellings: readonly [string, ...string[]], rng: Rng) => string;

/** What is no regime stands in the list of regimes, and must not say another kind than the custody's. */
const noRegime: Readonly<Record<string, readonly [string, ...string[]]>> = {
  provisoria: ['Provisório', 'Preso provisório', 'Provisória'],
  temporaria: ['Temporário', 'Temporária'],
  civil: ['Mandado de prisão cível', 'Prisão civil'],
};

/** A regime of a kind of custody in words, as lists of systems have it. */
export function regimeWords(rng: Rng, natureza: string): Raw {
  return new Raw(rng.pick(noRegime[natureza] ?? ['Sem regime']));
}

export const dialects: Readonly<Record<Uf, Dialect>> = {
  AL: dialect(anySpelling, {
    type: (declared) => (declared === 'date' || declared === 'boolean' ? 'text' : declared),
    date: (day) => `${day.slice(8)}/${day.slice(5, 7)}/${day.slice(0, 4)}`,
    boolean: (is) => (is ? 'S' : 'N'),
  }),
  RO: dialect(mostlyOne, {
    type: (declared) => (declared === 'boolean' ? 'integer' : declared),
    date: (day) => day,
    boolean: Number,
  }),
  MS: dialect(onlyOne, { type: (declared) => declared, date: (day) => day, boolean: String }),
};

interface Forms {
  readonly type: Dialect['type'];
  readonly date: (day: string) => string;
  readonly boolean: (is: boolean) => Value;
}

function dialect(spell: Spell, { type, date, boolean }: Forms): Dialect {
  return {
    type,
    // SQLite takes any text in any column.
    takesText: type('boolean') !== 'boolean',
    write: (column) => {
      const spellings = spellingsOf(column);
      const isDay = column.type === 'date';
      return (value, rng) => {
        if (value === null || typeof value === 'number') return value;
        if (typeof value === 'boolean') return boolean(value);
        if (typeof value !== 'string') return value.text;
        if (isDay) return date(value);
        const known = spellings?.get(value);
        return known === undefined ? value : spell(known, rng);
      };
    },
  };
}

function spellingsOf({ codes }: MadeColumn): ReadonlyMap<string, readonly [string, ...string[]]> | undefined {
  if (codes === undefined) return undefined;
  return new Map(codes.values.map(({ code, label, spellings }) => [code, [label, ...spellings]]));
}
