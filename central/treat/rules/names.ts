import { nameForm } from '../../../shared/cleaning/name-form.ts';

/** Whether both are there and alike. */
export function sameName(one: string | null, other: string | null): boolean {
  const form = nameForm(one);
  return form !== null && form === nameForm(other);
}

/** The given name, of the form by which it is compared. */
export function givenName(name: string | null): string | null {
  return nameForm(name)?.split(' ', 1)[0] ?? null;
}
