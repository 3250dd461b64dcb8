import { count } from '../../shared/count-format.ts';
import { writtenDay } from '../../shared/day.ts';
import { wrapped } from './wrapped.ts';

/** What of who may enter somebody should look after. */
export interface AccessFacts {
  /** People who let others in. */
  readonly autorizadores: number;
  /** Roles that lapse within the time of notice unless they are looked at anew. */
  readonly lapsing: number;
  /** When the first of them does, ISO 8601; null without any. */
  readonly first: string | null;
}

/** Of fewer there are no two others who could recertify one. */
const enough = 3;

export interface AccessMatter {
  readonly code: 'few-autorizadores' | 'roles-lapse';
  readonly words: string;
  /** What to do. */
  readonly next: string;
}

/** What is the matter with who may enter; nothing where nobody does. */
export function accessMatters(access: AccessFacts | null): AccessMatter[] {
  if (access === null) return [];
  const matters: AccessMatter[] = [];
  const { autorizadores, lapsing, first } = access;
  if (autorizadores < enough) {
    const held = ['ninguém tem', 'só uma pessoa tem', 'só duas pessoas têm'][autorizadores];
    matters.push({
      code: 'few-autorizadores',
      words: `${held} o papel de Cadastrador Autorizador; com menos de três, as páginas não recertificam o papel de quem aprova acessos`,
      next: 'Peça o papel para mais pessoas no console, ou: guarita-central access role give CPF cadastrador-autorizador ÓRGÃO',
    });
  }
  if (first !== null) {
    const roles = lapsing === 1 ? 'um papel deixa' : `${count.format(lapsing)} papéis deixam`;
    matters.push({
      code: 'roles-lapse',
      words: `${roles} de valer nos próximos 30 dias se ninguém recertificar, o primeiro em ${writtenDay(first)}`,
      next: 'Quem recertifica é o Cadastrador Autorizador, no console; sem ele: guarita-central access role recertify',
    });
  }
  return matters;
}

/** The same as lines of the status. */
export function accessLines(access: AccessFacts | null): string[] {
  return accessMatters(access).flatMap(({ words, next }) => {
    const [first = '', ...more] = wrapped(`! Acesso: ${words}.`, '  ');
    return [first.trimStart(), ...more, ...wrapped(`→ ${next}`, '  ')];
  });
}
