import { type Place, placesOf } from './places.ts';

/**
 * Text that is HTML: made by `html` alone, so that whatever is not is escaped. A class of its own with a private member,
 * since a string that is only called HTML by its type is how scripts come in.
 */
export class Html {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }

  /** For `html` and `trusted` below. */
  static of(text: string): Html {
    return new Html(text);
  }
}

/** An attribute that is there or not: `<input ${flag('checked', isChosen)}>`. */
export class Flag {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** What stands in a template. Nothing is shown of null, undefined and false. */
export type Shown = Html | Flag | string | number | null | undefined | false | readonly Shown[];

/**
 * HTML of a template, where whatever is put in stays where it was put: escaped as text, or as the value of a quoted
 * attribute; an attribute that is an address takes one of this site alone. Where nothing may be put in (a script, a style,
 * the name of a tag, an attribute without quotes) it throws, whatever the value.
 */
export function html(template: TemplateStringsArray, ...values: readonly Shown[]): Html {
  const places = placesOf(template);
  let text = template[0] as string;
  for (const [index, value] of values.entries()) {
    text += shown(value, places[index] as Place);
    text += template[index + 1] as string;
  }
  return Html.of(text);
}

/** HTML of this project's own files (an icon, an article of help), as it is. Never of anything that came from outside. */
export function trusted(text: string): Html {
  return Html.of(text);
}

/** @param name of an attribute that has no value: `checked`, `selected`, `disabled`, `required` */
export function flag(
  name: 'checked' | 'selected' | 'disabled' | 'required' | 'open' | 'autofocus',
  on: boolean,
) {
  return on ? new Flag(name) : null;
}

function shown(value: Shown, place: Place): string {
  if (value === null || value === undefined || value === false) return '';
  if (place === 'tag') {
    if (!(value instanceof Flag)) throw new Error('Within a tag there is place for a flag alone.');
    return value.name;
  }
  if (value instanceof Flag) throw new Error(`A flag belongs within a tag: ${value.name}.`);
  if (place === 'address') return escaped(ownAddress(value));
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  if (place === 'value') throw new Error('HTML is no value of an attribute.');
  if (value instanceof Html) return value.toString();
  if (Array.isArray(value)) return (value as readonly Shown[]).map((one) => shown(one, place)).join('');
  // Whatever says of itself that it is HTML is not.
  throw new Error('Only texts, numbers and HTML are shown.');
}

/** An address of this site, or of a part of the page: what another site or a script has as its address is refused. */
function ownAddress(value: Shown): string {
  if (typeof value !== 'string' || !/^(?:\/(?![/\\])|[#?])[^\p{Cc}\\]*$/u.test(value)) {
    throw new Error('An address in a page is one of this site.');
  }
  return value;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * What is not seen, and turns, parts or hides what stands around it: control characters, and those of format, by which a
 * name could have the words beside it read backwards, or look like another. Those that join are part of what is seen.
 */
const unseen = /[^\P{Cc}\t\n\r]|[^\P{Cf}\u{ad}\u{200c}\u{200d}]/gu;

/** Of what is not seen, or no browser takes as text (a NUL, a lone surrogate), it shows the replacement character. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(unseen, '\u{fffd}')
    .replace(/[&<>"']/g, (character) => entities[character] as string);
}
