import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { GuaritaError } from '../../../shared/errors.ts';
import type { JsonValue } from './json-texts.ts';

/** By default it makes the number 1234567890 of 01234567890, and cuts blanks off. */
const parser = new XMLParser({
  ...{ parseTagValue: false, parseAttributeValue: false, trimValues: false },
  // For `xsi:nil`; names without their prefixes, which are the sender's own choice.
  ...{ ignoreAttributes: false, removeNSPrefix: true },
  // Numeric references are of this option, too.
  ...{ htmlEntities: true, maxNestedTags: 64 },
});

/**
 * XML as the value that JSON would be: elements by their local names, every value a text, several of a name a list,
 * `xsi:nil` null. Throws `api-answer-invalid`, without the text that it is about; also for any DOCTYPE, in which all
 * entities of one's own are declared.
 */
export function parseXml(text: string): JsonValue {
  if (/<!DOCTYPE/i.test(text))
    throw new GuaritaError('api-answer-invalid', 'Tem um DOCTYPE, que não se aceita.');
  if (XMLValidator.validate(text) !== true) throw new GuaritaError('api-answer-invalid', 'Não é XML.');
  try {
    return valueOf(parser.parse(text));
  } catch {
    // Without its cause: the parser's message quotes the text.
    throw new GuaritaError('api-answer-invalid', 'Não é XML que se aceite.');
  }
}

const textOfElement = '#text';
const isAttribute = (name: string) => name.startsWith('@_');

function valueOf(parsed: unknown): JsonValue {
  if (typeof parsed === 'string') return parsed;
  if (Array.isArray(parsed)) return parsed.map(valueOf);
  const element = parsed as Readonly<Record<string, unknown>>;
  if (element['@_nil'] === 'true' || element['@_nil'] === '1') return null;
  const children = Object.entries(element).filter(([name]) => name !== textOfElement && !isAttribute(name));
  // Blanks between elements are no text.
  const text = element[textOfElement];
  if (children.length === 0) return typeof text === 'string' ? text : '';
  return Object.fromEntries(children.map(([name, child]) => [name, valueOf(child)]));
}
