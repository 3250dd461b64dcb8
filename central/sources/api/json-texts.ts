import { GuaritaError } from '../../../shared/errors.ts';

/** A JSON value whose numbers are their own text: `01` is no number, `1.10` and 20 digits stay what they are. */
export type JsonValue = null | boolean | string | RawNumber | readonly JsonValue[] | JsonObject;
export type JsonObject = { readonly [name: string]: JsonValue };
/** What `JSON.rawJSON` makes, which `JSON.stringify` writes as it came. */
export type RawNumber = { readonly rawJSON: string };

/** Members that TypeScript does not know yet. */
const json = JSON as unknown as {
  rawJSON(text: string): RawNumber;
  isRawJSON(value: unknown): value is RawNumber;
  parse(
    text: string,
    revive: (name: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown;
};

export const isRawNumber = (value: unknown): value is RawNumber => json.isRawJSON(value);

/** Deeper than any answer that means something; a reviver calls itself for each level. */
const mostDepth = 64;

/** Throws `api-answer-invalid`, without the text that it is about. */
export function parseJson(text: string): JsonValue {
  if (isDeeper(text, mostDepth)) {
    throw new GuaritaError('api-answer-invalid', `Tem mais de ${mostDepth} níveis.`);
  }
  try {
    return json.parse(text, (_name, value, { source }) =>
      typeof value === 'number' ? json.rawJSON(source ?? String(value)) : value,
    ) as JsonValue;
  } catch {
    // Without its cause: the parser's message quotes the text.
    throw new GuaritaError('api-answer-invalid', 'Não é JSON.');
  }
}

/** Whether brackets outside of strings nest deeper; told before anything is made of them. */
function isDeeper(text: string, most: number): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === codes.quote) isInString = !isInString;
    else if (isInString) at += code === codes.backslash ? 1 : 0;
    else if (code === codes.bracket || code === codes.brace) depth += 1;
    else if (code === codes.endOfBracket || code === codes.endOfBrace) depth -= 1;
    if (depth > most) return true;
  }
  return false;
}

const codes = { quote: 34, backslash: 92, bracket: 91, endOfBracket: 93, brace: 123, endOfBrace: 125 };
