import type { TObject, TSchema } from 'typebox';
import { Document, type Scalar, type YAMLMap } from 'yaml';
import type { Annotated } from './declared.ts';

/** The commented sample: each option with its description, its example or default. */
export function sampleYaml(schema: TObject, heading: string): string {
  const document = new Document(sampleOf(schema), { aliasDuplicateObjects: false });
  comment(document.contents as YAMLMap, schema);
  document.commentBefore = ` ${heading}`;
  return document.toString({ lineWidth: 0 });
}

function sampleOf(schema: TSchema): unknown {
  const {
    examples,
    default: preset,
    type,
    properties,
    required,
    items,
    anyOf,
    const: only,
  } = schema as Annotated;
  if (examples?.[0] !== undefined) return examples[0];
  if (only !== undefined) return only;
  if (anyOf?.[0] !== undefined) return sampleOf(anyOf[0]);
  if (type === 'object' && properties !== undefined) {
    const shown = Object.entries(properties).filter(
      ([name, inner]) => required?.includes(name) === true || (inner as Annotated).examples !== undefined,
    );
    return Object.fromEntries(shown.map(([name, inner]) => [name, sampleOf(inner)]));
  }
  if (preset !== undefined) return preset;
  return type === 'array' && items !== undefined ? [sampleOf(items)] : '';
}

function comment(map: YAMLMap, schema: TSchema): void {
  const { properties = {}, anyOf } = schema as Annotated;
  const chosen = anyOf?.[0] === undefined ? properties : ((anyOf[0] as Annotated).properties ?? {});
  for (const pair of map.items) {
    const key = pair.key as Scalar<string>;
    const inner: Annotated | undefined = chosen[key.value];
    if (inner === undefined) continue;
    if (inner.description !== undefined) key.commentBefore = ` ${inner.description}`;
    const value = pair.value as { items?: unknown[] } | null;
    if (inner.type === 'array' && inner.items !== undefined) {
      for (const item of value?.items ?? []) if (isMap(item)) comment(item, inner.items);
    } else if (isMap(value)) comment(value, inner);
  }
}

function isMap(value: unknown): value is YAMLMap {
  return typeof value === 'object' && value !== null && 'items' in value && 'has' in value;
}
