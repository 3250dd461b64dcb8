import { escapeIdentifier, escapeLiteral } from 'pg';

/**
 * Names and texts as the base's SQL writes them, whether a server or PGlite reads it. Taken from here, so that what
 * stands on the base (treatment, console) needs no database client.
 */

/** A schema, table or column: `"Visão ""x"""`. */
export function quoteName(name: string): string {
  return escapeIdentifier(name);
}

/** A text literal: `'D''Ávila'`. What can be a parameter is one. */
export function quoteText(text: string): string {
  return escapeLiteral(text);
}

/** Schema of a source in the base: `fonte_al`. */
export function sourceSchema(source: string): string {
  return `fonte_${source.toLowerCase()}`;
}

/** Table of a source's view in the base, quoted: `"fonte_al"."custodiado"`. */
export function sourceTable(source: string, view: string): string {
  return `${quoteName(sourceSchema(source))}.${quoteName(view)}`;
}

/** Schema of what the rows of a source were before they changed: `fonte_al_versao`. */
export function versionsSchema(source: string): string {
  return `${sourceSchema(source)}_versao`;
}

/** Table of what the rows of a view were before, quoted: `"fonte_al_versao"."custodiado"`. */
export function versionsTable(source: string, view: string): string {
  return `${quoteName(versionsSchema(source))}.${quoteName(view)}`;
}
