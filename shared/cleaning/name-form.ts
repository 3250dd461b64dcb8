import { matchForm } from './match-form.ts';

/** Letters of a name by which it is compared: state systems cut names there, and a tail that was lost is no difference. */
export const nameCut = 50;

/** As most are given: there is nothing to be taken from it. */
const inForm = /^[A-Z\d]+(?: [A-Z\d]+)*$/;
const between = /[^\p{L}\p{N}]+/gu;
/** Also the first half of a character whose other half was cut. */
const atEnd = /[^\p{L}\p{N}]+$/u;

/** A person's name in its match form, one blank between words; empty where nothing of it is left. */
export function wholeNameForm(name: string): string {
  return inForm.test(name) ? name : matchForm(name).replace(between, ' ').trim();
}

/**
 * A person's name as it is compared, within a register and between them: in its match form, one blank between words, and
 * cut. Null where nothing of it is left.
 */
export function nameForm(name: string | null): string | null {
  if (name === null) return null;
  const form = wholeNameForm(name);
  if (form === '') return null;
  return form.length <= nameCut ? form : form.slice(0, nameCut).replace(atEnd, '');
}
