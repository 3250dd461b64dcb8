import { count } from '../../shared/count-format.ts';
import { writtenInstant } from '../../shared/day.ts';
import { type Role, roles } from '../../shared/dictionary/roles.ts';
import { GuaritaError } from '../../shared/errors.ts';
import { plainTable } from '../../shared/plain-table.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { confirm } from '../../shared/prompts.ts';
import { type CentralOptions, readCentralConfig } from '../central.ts';
import { atCentral } from '../service/at-central.ts';
import type { Forgotten } from '../service/forget-person.ts';
import { keyText } from '../words/mask.ts';
import { whoCommands } from './who-commands.ts';

export interface ForgetOptions extends CentralOptions {
  /** What a court calls its order. */
  readonly order: string;
  /** Nobody is asked. */
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Told by `--help`. */
export const forgetHelp = `
Não tem volta. Mostra antes o que há da pessoa e pergunta. Interrompido, dê o
mesmo comando de novo: ele continua.
O que o estado enviar depois sobre ela não entra mais. Fica na base só a prova:
ordem, quem, quando, quantas linhas de que tabela.
Em --order, só o processo e a data da ordem: nunca o nome da pessoa.`;

/**
 * Forgets somebody by a court's order, here or by the service that is at work. Throws `row-unknown` for somebody of whom
 * the base has nothing, `option-invalid`, `tombstone-key-missing`.
 */
export async function forgetByOrder(
  uf: string,
  view: string,
  key: readonly string[],
  options: ForgetOptions,
  context: ProgramContext,
): Promise<void> {
  const order = options.order.trim();
  if (order === '') throw new GuaritaError('option-invalid', '--order: diga o processo e a data da ordem.');
  const role = roleOf(view);
  const config = readCentralConfig(options, context);
  const person = { source: uf.toUpperCase(), role, key: [...key] };
  const print = (text: string) => {
    if (options.json !== true) context.print(text);
  };
  const found = await atCentral(config, context, 'forget', { ...person, by: null });
  print(`${person.source} ${role}, ${keyText(key, false)}`);
  if (found.order !== null) print(known(found.order));
  if (Object.keys(found.held).length > 0) print(tableOf(found.held));
  if (options.yes !== true && !(await confirm('Apagar tudo isto para sempre?'))) {
    print('Nada foi apagado.');
    return;
  }
  const by = { order, who: whoCommands(context) };
  const done = await atCentral(config, context, 'forget', { ...person, by });
  if (options.json === true) context.print(JSON.stringify(done));
  else context.print(told(done));
}

function roleOf(view: string): Role {
  const role = roles.find((each) => each === view);
  if (role !== undefined) return role;
  throw new GuaritaError('option-invalid', `"${view}" não é uma visão de pessoas: ${roles.join(', ')}.`);
}

function known({ order, who, at, done }: NonNullable<Forgotten['order']>): string {
  const ended = done === null ? 'não terminou: será continuado' : `terminou em ${writtenInstant(done)}`;
  return `Já foi mandado esquecer em ${writtenInstant(at)} por ${who} (${order}); ${ended}.`;
}

function told({ order, unknown }: Forgotten): string {
  const gone = order?.gone ?? {};
  return [
    ...(Object.keys(gone).length > 0
      ? ['✓ Esquecida. Saíram da base:', tableOf(gone)]
      : ['✓ Nada mais havia.']),
    '→ Cópias de segurança da base ainda têm a pessoa, até vencerem: se uma for restaurada, dê este comando de novo.',
    '→ Guarde cópia de "forget.key", da pasta de estado: sem ele, nada mais deste estado é carregado.',
    '→ Já exportado ou entregue a outros não está aqui: cabe pedir a quem recebeu.',
    ...unknown.map(
      (view) => `→ A visão "${view}" não é do dicionário: veja se nomeia a pessoa de outro modo.`,
    ),
  ].join('\n');
}

function tableOf(counts: Readonly<Record<string, number>>): string {
  const table = plainTable(['tabela', 'linhas'], { colAligns: ['left', 'right'] });
  for (const [name, rows] of Object.entries(counts)) table.push([name, count.format(rows)]);
  return table.toString();
}
