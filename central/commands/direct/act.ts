import { lastInstantOf } from '../../../shared/act.ts';
import { type Agreement, type AgreementChange, type stateOf } from '../../../shared/agreement/agreement.ts';
import { revocationScript } from '../../../shared/database-scripts/revocation-script.ts';
import { writtenDay } from '../../../shared/day.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import type { ProgramContext } from '../../../shared/program.ts';
import { type CentralOptions, readCentralConfig } from '../../central.ts';
import { withKeptHome } from '../../direct/home.ts';
import { takeUp } from '../../enrolment/end.ts';
import { readDirect } from '../../enrolment/enrolled-source.ts';
import { whoCommands } from '../who-commands.ts';
import { directNamed } from './observations.ts';

export interface ActOptions extends CentralOptions {
  /** Last day of an extension (YYYY-MM-DD), and by which document. */
  readonly extend?: string;
  readonly document?: string;
  readonly suspend?: boolean;
  readonly resume?: boolean;
  readonly revoke?: boolean;
  readonly reason?: string;
}

/** Told by `--help`. */
export const actHelp = `
Só de quem a central lê o banco (regras 1 e 5): com agente, o acordo é do agente (guarita-agent act).
Sem opção, mostra o acordo. Fora do prazo, suspenso ou revogado, o banco não é aberto. O que se declara
fica no diário assinado da fonte, com quem o disse. Revogado, o estado ainda tira o acesso do usuário:
o roteiro é mostrado (também por guarita-central source sql UF --part revoke).`;

/** Shows the agreement of a source that central reads itself, or declares what becomes of it. */
export async function sourceAct(name: string, options: ActOptions, context: ProgramContext): Promise<void> {
  const config = readCentralConfig(options, context);
  const { uf, direct } = directNamed(config, name);
  const change = changeIn(options);
  const { agreement, state } = await withKeptHome(config, uf, ({ agreements, journal }) => {
    if (change !== null) {
      agreements.change(change);
      journal.event({ event: 'declared', what: change.event, by: whoCommands(context) });
    }
    return { agreement: agreements.get(), state: agreements.state() };
  });
  if (change !== null && state === 'active') takeUp(direct);
  context.print(lineOf(uf, agreement, state));
  if (agreement.declared !== 'revoked') return;
  context.print(
    [
      '→ Para tirar o acesso do usuário no banco, o DBA roda:',
      '',
      revocationScript(readDirect(direct), 'central'),
    ].join('\n'),
  );
}

/** Throws `option-invalid` for two changes at once, and for one that lacks its reason or its document. */
function changeIn(options: ActOptions): AgreementChange | null {
  const { extend, document, suspend, resume, revoke, reason = null } = options;
  const said = [extend !== undefined, suspend === true, resume === true, revoke === true].filter(Boolean);
  if (said.length > 1) throw invalid('uma mudança de cada vez: --extend, --suspend, --resume ou --revoke.');
  if (extend !== undefined) {
    if (document === undefined) throw invalid('--document: diga o número do aditivo.');
    return { event: 'extended', until: lastInstantOf(extend), document };
  }
  if (suspend === true) return { event: 'suspended', reason };
  if (resume === true) return { event: 'resumed' };
  if (revoke !== true) return null;
  if (reason === null) throw invalid('--reason: diga por que o acordo é revogado.');
  return { event: 'revoked', reason };
}

function invalid(detail: string): GuaritaError {
  return new GuaritaError('option-invalid', detail);
}

const stateWords: Readonly<Record<ReturnType<typeof stateOf>, string>> = {
  pending: 'ainda não começou',
  active: 'em vigor',
  suspended: 'suspenso',
  ended: 'terminou',
  revoked: 'revogado',
};

function lineOf(
  uf: string,
  { number, begin, end, reason }: Agreement,
  state: keyof typeof stateWords,
): string {
  const why = reason === null ? '' : `: ${reason}`;
  return `${uf}  ACT ${number}, de ${writtenDay(begin)} a ${writtenDay(end)}: ${stateWords[state]}${why}`;
}
