import Type, { type TSchema } from 'typebox';
import type { Annotated } from './declared.ts';

/**
 * The schema with each choice between objects narrowed to the alternative that the value means, so that defaults are
 * filled in and errors are told of that one alone.
 */
export function narrow<T extends TSchema>(schema: T, value: unknown): T {
  const { anyOf = [], properties } = schema as Annotated;
  const fields = isRecord(value) ? value : {};
  const kinds = anyOf.flatMap((branch) => Object.entries(constantsOf(branch)));
  if (kinds.length > 0) {
    const meant = anyOf.find((branch) =>
      Object.entries(constantsOf(branch)).every(([name, only]) => fields[name] === only),
    );
    if (meant !== undefined) return narrow(meant, value) as T;
    const [name = ''] = kinds[0] ?? [];
    return Type.Object({ [name]: Type.Enum(kinds.map(([, only]) => String(only))) }) as TSchema as T;
  }
  const named = anyOf.find((branch) =>
    Object.keys((branch as Annotated).properties ?? {}).some((name) => name in fields),
  );
  if (named !== undefined) return named as T;
  if (properties === undefined) return schema;
  const narrowed = Object.entries(properties).map(([name, inner]) => [name, narrow(inner, fields[name])]);
  // A copy with its hidden members, by which TypeBox knows a schema's kind.
  const copy = Object.defineProperties({}, Object.getOwnPropertyDescriptors(schema)) as T;
  return Object.assign(copy, { properties: Object.fromEntries(narrowed) as Record<string, TSchema> });
}

/** The members by which an alternative is known, such as `engine`. */
function constantsOf(schema: TSchema): Record<string, unknown> {
  const members = Object.entries((schema as Annotated).properties ?? {});
  return Object.fromEntries(
    members.flatMap(([name, inner]) => ('const' in inner ? [[name, inner.const] as const] : [])),
  );
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
