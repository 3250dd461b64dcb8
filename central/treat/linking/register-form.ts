import type { LinkedRegister } from '../../base/national-layer/link-registers.ts';
import type { Register } from '../link/registers/register.ts';

/** What is compared of a register as one text, without what it does not say. */
export function formOf(register: LinkedRegister): string {
  return JSON.stringify(register, (_name, value: unknown) => value ?? undefined);
}

/** The register that a text is of. */
export function registerOfForm(form: string): Register {
  return JSON.parse(form) as Register;
}
