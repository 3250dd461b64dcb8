import { type AgreementState, daysUntil, lastInstantOf, overFrom } from '../../shared/act.ts';
import type { Agreement, AgreementChange } from '../../shared/agreement/agreement.ts';
import { stateOf } from '../../shared/agreement/agreement.ts';
import { revocationScript } from '../../shared/database-scripts/revocation-script.ts';
import { writtenDay, writtenMoment } from '../../shared/day.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { confirm } from '../../shared/prompts.ts';
import { revokeUser } from '../agreement/revoke-user.ts';
import { readAgentConfig } from '../config/read-config.ts';
import { askDba } from '../enrolment/ask-dba.ts';
import { type AgentHome, withHome } from '../home.ts';

export interface ActOptions {
  readonly config: string;
  readonly json?: boolean;
  readonly yes?: boolean;
}

const states: Readonly<Record<AgreementState, string>> = {
  pending: 'ainda não começou',
  active: 'em vigor',
  suspended: 'suspenso',
  ended: 'terminado',
  revoked: 'revogado',
};

/** The event of the journal that the agent's user has no access to the database any more. */
const userRevoked = 'database-user-revoked';

/** Shows the agreement: number, term, extensions, what it is now, and what to do next. */
export async function actStatus(options: ActOptions, context: ProgramContext): Promise<void> {
  const needsRevocation = await inHome(options, context, ({ agreements, instant, journal }) => {
    const agreement = agreements.get();
    const now = instant.now(overFrom(agreement.end));
    const state = stateOf(agreement, now);
    const { days, warning } = daysUntil(new Date(agreement.end), now);
    if (options.json === true) {
      context.print(JSON.stringify({ ...agreement, state, daysLeft: days, clockBehindMs: instant.behind() }));
      return false;
    }
    const lines = [
      `ACT ${agreement.number}: ${states[state]}${agreement.reason === null ? '' : ` (${agreement.reason})`}`,
      `  de ${writtenDay(agreement.begin)} a ${writtenDay(agreement.end)}; restam ${days} dias`,
      `  visões: ${agreement.views.join(', ')}`,
      ...agreement.extensions.map(({ until, document }) => `  aditivo ${document}: até ${writtenDay(until)}`),
    ];
    if (state === 'active' && warning !== null) {
      lines.push(
        `! Termina em até ${warning} dias. → Havendo aditivo: guarita-agent act extend --until … --document …`,
      );
    }
    if (instant.behind() > clockAllowance) {
      lines.push(
        `! O relógio está ${Math.round(instant.behind() / 60_000)} minutos atrás do maior instante visto.`,
      );
      lines.push(
        '  → Acerte-o por NTP; se o adiantado era ele, "guarita-agent act clock" adota o instante atual.',
      );
    }
    const isOver = state === 'ended' || state === 'revoked';
    const revoked = isOver ? journal.sinceAgreement(userRevoked) : null;
    if (revoked !== null) lines.push(`  acesso do usuário no banco tirado em ${writtenMoment(revoked)}`);
    context.print(lines.join('\n'));
    return isOver && revoked === null;
  });
  if (needsRevocation) context.print(revocation(options, context));
}

/** A clock that goes back by less is only being set right. */
const clockAllowance = 120_000;

export interface ExtendOptions extends ActOptions {
  readonly until: string;
  readonly document: string;
}

/** Records an extension (aditivo): the agreement goes on to the end of a day. */
export function actExtend(options: ExtendOptions, context: ProgramContext): Promise<void> {
  const until = lastInstantOf(options.until);
  return change(options, context, { event: 'extended', until, document: options.document }, (agreement) =>
    [
      `✓ ACT ${agreement.number} vai até ${writtenDay(agreement.end)} (${options.document}).`,
      '→ A central busca a nova autorização na próxima coleta; se já havia encerrado: guarita-central source renew',
    ].join('\n'),
  );
}

/** Nothing is served until it is taken up again. */
export function actSuspend(
  options: ActOptions & { reason?: string },
  context: ProgramContext,
): Promise<void> {
  return change(options, context, { event: 'suspended', reason: options.reason ?? null }, ({ number }) =>
    [
      `✓ ACT ${number} suspenso: nada é entregue a partir de agora.`,
      '→ Para retomar: guarita-agent act resume',
    ].join('\n'),
  );
}

export function actResume(options: ActOptions, context: ProgramContext): Promise<void> {
  return change(options, context, { event: 'resumed' }, ({ number }) => `✓ ACT ${number} retomado.`);
}

export interface RevokeOptions extends ActOptions {
  readonly reason: string;
  /** Takes the agent's user its access to the database away, too. */
  readonly database?: boolean;
  readonly dbaUser?: string;
}

/** Ends the agreement for good; then shows what the state's DBA runs to take the user's access away. */
export async function actRevoke(options: RevokeOptions, context: ProgramContext): Promise<void> {
  if (
    options.yes !== true &&
    !(await confirm('Revogar o acordo? Não se desfaz: só um novo convite o substitui.'))
  )
    return;
  await revokeAgreement(options, context);
  if (options.database !== true) {
    context.print(revocation(options, context));
    return;
  }
  await actRevokeUser(options, context);
}

/** One that is revoked already stays so: the database may be left to do. */
function revokeAgreement({ reason, ...options }: RevokeOptions, context: ProgramContext): Promise<void> {
  return inHome(options, context, ({ agreements }) => {
    const { number, declared } = agreements.get();
    if (declared !== 'revoked') agreements.change({ event: 'revoked', reason });
    context.print(`✓ ACT ${number} revogado: nada mais é entregue.`);
  });
}

/** Takes the agent's user its access away, with a DBA's login that is asked for; the agreement is over before. */
export async function actRevokeUser(
  options: ActOptions & { readonly dbaUser?: string },
  context: ProgramContext,
): Promise<void> {
  const config = readAgentConfig(options.config, context.environment);
  const login = await askDba(context.environment, options.dbaUser);
  const statements = await revokeUser(config, login);
  context.print(['✓ Acesso do usuário no banco revogado. Foi executado:', ...statements].join('\n'));
  await inHome(options, context, ({ journal }) => {
    journal.event({ event: userRevoked, statements: statements.length });
  });
}

/** The clock had been ahead, and was set right: the present counts from now on. */
export function actClock(options: ActOptions, context: ProgramContext): Promise<void> {
  return inHome(options, context, async ({ db, instant, journal }) => {
    const behind = instant.behind();
    if (behind === 0) {
      context.print('O relógio não está atrás de nenhum instante visto: nada a fazer.');
      return;
    }
    const question = `O relógio está ${Math.round(behind / 60_000)} minutos atrás do maior instante visto. Ele está certo agora?`;
    if (options.yes !== true && !(await confirm(question))) return;
    db.transaction(() => {
      const { seen } = instant.accept();
      journal.event({ event: 'clock-accepted', seen: new Date(seen).toISOString() });
    }).immediate();
    context.print('✓ O instante atual vale a partir de agora; ficou registrado no diário.');
  });
}

async function change(
  options: ActOptions,
  context: ProgramContext,
  what: AgreementChange,
  said: (agreement: Agreement) => string,
): Promise<void> {
  await inHome(options, context, ({ agreements }) => context.print(said(agreements.change(what))));
}

/** The agent may be at work beside: it sees the change with the next request. */
function inHome<T>(
  { config }: ActOptions,
  { environment }: ProgramContext,
  work: (home: AgentHome) => T | Promise<T>,
): Promise<T> {
  return withHome(readAgentConfig(config, environment), work);
}

function revocation({ config: file }: ActOptions, { environment }: ProgramContext): string {
  return [
    '→ Para tirar o acesso do usuário no banco, o DBA roda:',
    '',
    revocationScript(readAgentConfig(file, environment), 'agent'),
  ].join('\n');
}
