import Type from 'typebox';

/** Of an address that names one thing by its id: whatever it is, so that one that is none is a page that there is not. */
export const idParams = Type.Object({ id: Type.String({ maxLength: 100 }) });

const pattern = '^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$';

/** Of a form or an address that takes an id and nothing else. */
export const idText = Type.String({ pattern });

const id = new RegExp(pattern);

/** A UUID as the base gives it. */
export function isId(text: string): boolean {
  return id.test(text);
}
