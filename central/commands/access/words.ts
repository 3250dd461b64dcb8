import { writtenDay, writtenMoment } from '../../../shared/day.ts';
import { plainTable } from '../../../shared/plain-table.ts';
import { plainText } from '../../../shared/plain-text.ts';
import type { Blocked } from '../../base/access-layer/in-force.ts';
import type { ListedGrant, ListedPerson } from '../../base/access-layer/listing.ts';
import { standingOf } from '../../base/access-layer/role-standing.ts';
import type { Watched } from '../../base/access-layer/watched.ts';
import type { ActOutput } from '../../service/access/perform.ts';
import { type AccessOptions, shownCpf } from './ask.ts';

/** A temporary password, as it is told this once. */
export function passwordText({ password, until }: ActOutput<'password'>): string {
  return [
    `Senha provisória, mostrada só agora: ${password}`,
    `→ Vale até ${writtenMoment(until)}; ao entrar, é preciso trocá-la. Entregue-a em mãos ou por telefone.`,
  ].join('\n');
}

export function counted(sessions: number): string {
  return sessions === 1 ? '1 sessão encerrada' : `${sessions} sessões encerradas`;
}

export function accessText(
  { bodies, people }: ActOutput<'list'>,
  options: Pick<AccessOptions, 'reveal'>,
  now: Date,
): string {
  if (people.length === 0) return 'Ninguém tem conta ainda. Comece por "guarita-central access init".';
  const ofBodies = plainTable(['órgão', 'nome', 'pessoas', 'situação']);
  for (const { short, name, people: count, ended, isCentral } of bodies) {
    ofBodies.push([
      short,
      plainText(name),
      count,
      ended === null ? (isCentral ? 'central' : '') : `encerrado em ${writtenDay(ended)}`,
    ]);
  }
  const ofPeople = plainTable(['CPF', 'nome', 'papéis', 'última entrada', 'situação']);
  for (const person of people) {
    const held = person.roles.map((role) => roleText(role, now)).join('\n');
    const last = person.lastSignIn === null ? 'nunca' : writtenMoment(person.lastSignIn);
    const state = person.blocked === null ? '' : blockedStates[person.blocked.why];
    ofPeople.push([shownCpf(person.cpf, options), plainText(person.name), held, last, state]);
  }
  return `${ofBodies.toString()}\n${ofPeople.toString()}`;
}

export function personText(person: ListedPerson, options: Pick<AccessOptions, 'reveal'>): string {
  const { name, email, blocked, reason, lastSignIn, sessions, hasPassword, temporaryUntil, factors } = person;
  const password =
    temporaryUntil === null
      ? hasPassword
        ? 'definida'
        : 'não há (entra pelo Login Único)'
      : `provisória, até ${writtenMoment(temporaryUntil)}`;
  const roles = person.roles.map((role) => `  ${roleText(role, new Date())}`);
  return [
    `${shownCpf(person.cpf, options)} ${plainText(name)}${email === null ? '' : `, ${plainText(email)}`}`,
    ...(blocked === null ? [] : [blockedText(blocked, reason)]),
    `Última entrada: ${lastSignIn === null ? 'nunca' : writtenMoment(lastSignIn)}; sessões abertas: ${sessions}`,
    `Senha: ${password}; segundos fatores: ${factors}`,
    ...(roles.length === 0 ? ['Nenhum papel.'] : ['Papéis:', ...roles]),
  ].join('\n');
}

const blockedStates = { operator: 'bloqueada', idle: 'bloqueada por falta de uso' } as const;

function blockedText({ since, why }: Blocked, reason: string | null): string {
  return why === 'idle'
    ? `Bloqueada por falta de uso em ${writtenMoment(since)}`
    : `Bloqueada em ${writtenMoment(since)}: ${plainText(reason ?? '')}`;
}

function roleText(held: ListedPerson['roles'][number], now: Date): string {
  const { body, role, from, until, recertifyBy, bodyEnded } = held;
  const named = `${role} em ${body}`;
  const term = `${named}, até ${writtenDay(until)}`;
  switch (standingOf(held, now)) {
    case 'body-ended':
      return `${named}, sem valer desde ${writtenDay(bodyEnded ?? until)}, com o fim do órgão`;
    case 'over':
      return `${named}, venceu em ${writtenDay(until)}`;
    case 'lapsed':
      return `${term}; sem valer, por falta de recertificação, desde ${writtenDay(recertifyBy)}`;
    case 'ahead':
      return `${named}, de ${writtenDay(from)} até ${writtenDay(until)}`;
    case 'due':
      return `${term}; recertificar até ${writtenDay(recertifyBy)}`;
    case 'holds':
      return term;
  }
}

export function grantsText(grants: readonly ListedGrant[]): string {
  if (grants.length === 0) return 'Nenhuma concessão em vigor.';
  return grants
    .map((grant) =>
      [
        `${grant.body} ${grant.id}`,
        `  acordo ${plainText(grant.agreement)}, de ${writtenDay(grant.from)} a ${writtenDay(grant.until)}`,
        `  visões: ${grant.views.join(', ')}; estados: ${grant.states.length === 0 ? 'todos' : grant.states.join(', ')}`,
        `  campos sensíveis: ${grant.sensitive.join(', ') || 'nenhum'}; ocultos: ${grant.hidden.join(', ') || 'nenhum'}`,
        `  finalidades: ${grant.purposes.join(', ')}; por dia: ${grant.personQuota} por pessoa, ${grant.bodyQuota} no órgão`,
      ].join('\n'),
    )
    .join('\n');
}

export function watchedText(watched: readonly Watched[]): string {
  if (watched.length === 0) return 'Nenhum registro é vigiado.';
  return watched
    .map(({ register, reason, since }) => `${register} desde ${writtenDay(since)}: ${plainText(reason)}`)
    .join('\n');
}
