import { roles } from '../../../shared/dictionary/roles.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import type { Questions } from '../../base/base.ts';
import { type KnownRegister, knownRegisters } from '../../base/national-layer/known-registers.ts';
import { natalId } from '../../base/national-layer/natal-id.ts';
import { keyText } from '../../words/mask.ts';

/** A register as it was named, by its `natal_id`. */
export interface NamedRegister {
  readonly id: string;
  /** As people read it: an id as it is, a state's key masked. */
  readonly shown: string;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Registers as a command line names them, one behind the other: an id that was published once, of a person or a register,
 * or state, view and key (`AL custodiado 123`). Throws `option-invalid`.
 */
export function namedRegisters(words: readonly string[]): readonly NamedRegister[] {
  const named: NamedRegister[] = [];
  for (let at = 0; at < words.length; ) {
    const [first = '', view, key] = words.slice(at, at + 3);
    if (uuid.test(first)) {
      named.push({ id: first.toLowerCase(), shown: first.toLowerCase() });
      at++;
      continue;
    }
    const role = roles.find((each) => each === view?.toLowerCase());
    if (role === undefined || key === undefined) {
      const there = `"UF visão id" (visão: ${roles.join(', ')}) ou um id que "link" mostrou`;
      throw new GuaritaError('option-invalid', `Diga cada registro por ${there}.`);
    }
    const source = first.toUpperCase();
    named.push({ id: natalId(source, role, key), shown: `${source} ${role} ${keyText([key], false)}` });
    at += 3;
  }
  return named;
}

/** The same of a cell of a table, `AL custodiado 123` or an id; null where it is none. */
export function registerOfCell(text: string): string | null {
  const [, source = '', view = '', key = ''] = /^(\S+)\s+(\S+)\s+(.+)$/.exec(text.trim()) ?? [];
  const words = uuid.test(text.trim()) ? [text.trim()] : [source, view, key];
  if (words.length === 3 && !roles.some((role) => role === view.toLowerCase())) return null;
  return namedRegisters(words)[0]?.id ?? null;
}

/** Two of them. Throws `option-invalid` where it is another number. */
export function twoRegisters(words: readonly string[]): readonly [NamedRegister, NamedRegister] {
  const [a, b, ...more] = namedRegisters(words);
  if (a === undefined || b === undefined || more.length > 0) {
    throw new GuaritaError('option-invalid', 'Diga dois registros.');
  }
  return [a, b];
}

/** They, and whose they are. Throws `register-unknown`. */
export async function requireRegisters(
  questions: Questions,
  named: readonly NamedRegister[],
): Promise<readonly KnownRegister[]> {
  const known = new Map(
    (
      await knownRegisters(
        questions,
        named.map(({ id }) => id),
      )
    ).map((register) => [register.id, register]),
  );
  return named.map(({ id, shown }) => {
    const register = known.get(id);
    if (register === undefined) throw new GuaritaError('register-unknown', `${shown}.`);
    return register;
  });
}

/** A register for people: `AL custodiado 12…`. */
export function registerText({ source, role, key }: KnownRegister, reveal: boolean): string {
  return `${source} ${role} ${keyText([key], reveal)}`;
}
