import { thresholds } from './thresholds.ts';

/** As most are given: there is nothing to be taken from it. */
const inForm = /^[A-Z\d]+(?: [A-Z\d]+)*$/;

/**
 * A name in the form by which rules compare it: capitals without marks, a blank between words, and cut where state systems
 * cut it, so that a lost tail makes no difference. Null where nothing of it is left.
 */
export function nameForm(name: string | null): string | null {
  if (name === null) return null;
  const form = inForm.test(name) ? name : formed(name);
  return form === '' ? null : form.slice(0, thresholds.nameCut.value).trimEnd();
}

function formed(name: string): string {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '').toUpperCase();
  return plain.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** Whether both are there and alike. */
export function sameName(one: string | null, other: string | null): boolean {
  const form = nameForm(one);
  return form !== null && form === nameForm(other);
}

/** The given name, of the form by which it is compared. */
export function givenName(name: string | null): string | null {
  return nameForm(name)?.split(' ', 1)[0] ?? null;
}
