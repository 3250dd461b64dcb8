import { GuaritaError } from '../../../shared/errors.ts';
import type { ProgramContext } from '../../../shared/program.ts';
import { ExitCode } from '../../../shared/program.ts';
import { lastLink, verifyLinks } from '../../base/decided-layer/link-chain.ts';
import { decideLinks, revokeLink } from '../../base/national-layer/decide-links.ts';
import { type KnownRegister, sizesOfPersons } from '../../base/national-layer/known-registers.ts';
import { type CentralOptions, readCentralConfig, withBase } from '../../central.ts';
import { wrapped } from '../../status/wrapped.ts';
import { type DecidedOn, followsText } from '../../words/link-words.ts';
import { saidNames } from '../../words/pair-words.ts';
import { whoCommands } from '../who-commands.ts';
import { requireRegisters, twoRegisters } from './named-registers.ts';

export interface DecideLinkOptions extends CentralOptions {
  /** Why; without the name of anybody. */
  readonly reason: string;
}

export interface VerifyLinksOptions extends CentralOptions {
  readonly json?: boolean;
  /** `12:1a2b…`: a decision and its hash, as they were shown once. */
  readonly known?: string;
}

/** Told by `--help` of what decides. */
export const decideLinkHelp = `
Cada registro por UF, visão e id (AL custodiado 123), ou por um id que "link"
mostrou; o id de uma pessoa vale pelo registro que lhe dá o nome.
A decisão vale contra qualquer modelo, até ser desfeita. O que contradiz outra
decisão não é registrado. Em --reason, nunca o nome ou um número da pessoa.
Sem servidor (PGlite), com o serviço parado.

Exemplos:
  guarita-central link merge AL custodiado 123 RO custodiado 9 --reason "digitais"
  guarita-central link split AL custodiado 123 RO custodiado 9 --reason "gêmeos"`;

/** Told by `link verify --help`. */
export const verifyLinksHelp = `
Cada decisão tem o elo dela e de todas as anteriores. Se as últimas foram
removidas só se sabe por um elo anotado antes: --known 12:1a2b…
Do que foi dito de quem foi esquecido fica só que algo foi dito: estas contam à
parte, e uma a mais que as esquecidas por ordem judicial não confere.
Código de saída: 0 tudo confere; 1 algo não confere.`;

/** Records what a person says of two registers. Throws `register-unknown`, `decision-contradicts`, `option-invalid`. */
export async function decideLink(
  says: 'same' | 'distinct',
  words: readonly string[],
  options: DecideLinkOptions,
  context: ProgramContext,
): Promise<void> {
  const named = twoRegisters(words);
  const author = authorOf(options, context);
  const config = readCentralConfig(options, context);
  await withBase(config, context, async (base) => {
    const told = await base.transaction(async (tx) => {
      const [a, b] = (await requireRegisters(tx, named)) as [KnownRegister, KnownRegister];
      const sizes = await sizesOfPersons(tx, [a.person, b.person]);
      const [decided] = await decideLinks(tx, [{ a: a.id, b: b.id, says, ...author }]);
      if (decided?.outcome === 'unknown') throw new GuaritaError('register-unknown');
      if (decided === undefined || decided.outcome === 'itself') {
        throw new GuaritaError('option-invalid', 'Os dois são um só registro.');
      }
      if (decided.outcome === 'against') {
        throw new GuaritaError('decision-contradicts', `Decisão ${decided.number}.`);
      }
      return { ...decided, a, b, sizes, last: await lastLink(tx) };
    });
    const { number, outcome, a, b, sizes, last } = told;
    if (outcome === 'known')
      return context.print(`Já estava decidido (decisão ${number}): ${saidNames[says]}.`);
    const lines = [
      `✓ Decisão ${number}: ${saidNames[says]}.`,
      ...wrapped(followsText(says, sized(a, sizes), sized(b, sizes)), ''),
      `Para desfazer: guarita-central link undo ${number} --reason "…"`,
      `Elo: ${last?.number}:${last?.hash}`,
    ];
    context.print(lines.join('\n'));
  });
}

function sized({ role, person }: KnownRegister, sizes: ReadonlyMap<string, number>): DecidedOn {
  return { role, person, size: sizes.get(person) ?? 1 };
}

/** Has a decision hold no more. Throws `decision-unknown`, `option-invalid`. */
export async function undoLink(
  text: string,
  options: DecideLinkOptions,
  context: ProgramContext,
): Promise<void> {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new GuaritaError('option-invalid', `"${text}" não é um número de decisão.`);
  const author = authorOf(options, context);
  const config = readCentralConfig(options, context);
  await withBase(config, context, async (base) => {
    const { number, revoked, last } = await base.transaction(async (tx) => ({
      ...(await revokeLink(tx, Number(text), author)),
      last: await lastLink(tx),
    }));
    const lines = [
      `✓ Decisão ${revoked.number} ("${saidNames[revoked.says]}") desfeita pela decisão ${number}.`,
      ...wrapped(
        'O próximo tratamento refaz as pessoas dos dois registros, pelo modelo e pelas outras decisões.',
        '',
      ),
      `Elo: ${last?.number}:${last?.hash}`,
    ];
    context.print(lines.join('\n'));
  });
}

/** Whose word it is. Throws `option-invalid` without a reason. */
export function authorOf({ reason }: { readonly reason: string }, context: ProgramContext) {
  const text = reason.trim();
  if (text === '') throw new GuaritaError('option-invalid', '--reason: diga por quê.');
  return { who: whoCommands(context), through: 'command', reason: text };
}

const faults = {
  changed: 'foi alterada',
  removed: 'falta (removida)',
  reordered: 'está fora de ordem',
  missing: 'falta, e todas as que vinham depois',
} as const;
const mostFaults = 20;

/** Looks whether all decisions are as they were recorded; ends with 1 where they are not. Throws `option-invalid`. */
export async function verifyDecisions(options: VerifyLinksOptions, context: ProgramContext): Promise<void> {
  const { json = false, known } = options;
  const [, number, hash] = /^([1-9]\d{0,8}):([0-9a-f]{64})$/.exec(known ?? '') ?? [];
  if (known !== undefined && (number === undefined || hash === undefined)) {
    throw new GuaritaError('option-invalid', '--known: dê número e elo como foram mostrados (12:1a2b…).');
  }
  const config = readCentralConfig(options, context);
  const before = number === undefined || hash === undefined ? null : { number: Number(number), hash };
  const verdict = await withBase(config, context, (base) =>
    base.snapshot((questions) => verifyLinks(questions, before)),
  );
  const { rows, last, faults: found, blanked } = verdict;
  const unordered = Math.max(blanked.rows - blanked.byOrder, 0);
  const isWell = found.length === 0 && unordered === 0;
  if (json) context.print(JSON.stringify(verdict));
  else {
    context.print(
      [
        ...found.slice(0, mostFaults).map(({ id, fault }) => `  ✗ decisão ${id}: ${faults[fault]}`),
        ...(found.length > mostFaults ? [`  … e mais ${found.length - mostFaults}`] : []),
        ...(unordered > 0 ? [`  ✗ apagadas sem ordem: ${unordered}`] : []),
        isWell ? `✓ ${rows} decisões, todas como foram registradas.` : `✗ ${rows} decisões; não conferem.`,
        ...(blanked.rows > unordered ? [`  apagadas por ordem judicial: ${blanked.rows - unordered}`] : []),
        ...(last === null ? [] : [`Elo: ${last.number}:${last.hash}`]),
      ].join('\n'),
    );
  }
  if (!isWell) throw new ExitCode(1);
}
