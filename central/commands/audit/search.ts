import { boundsOf, writtenInstant } from '../../../shared/day.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { plainTable } from '../../../shared/plain-table.ts';
import { plainJson, plainText } from '../../../shared/plain-text.ts';
import type { ProgramContext } from '../../../shared/program.ts';
import { appendAudit } from '../../base/access-layer/audit.ts';
import { type AuditFilter, type NamedEntry, searchAudit } from '../../base/access-layer/audit-search.ts';
import { bodyByShort, personByCpf } from '../../base/access-layer/people.ts';
import type { Questions } from '../../base/base.ts';
import { type CentralOptions, readCentralConfig, withBase } from '../../central.ts';
import { bodyOf, eventWords, problemWords } from '../../console/audit/words.ts';
import { whoCommands } from '../who-commands.ts';
import { dayOption } from './export.ts';

export interface SearchOptions extends CentralOptions {
  readonly person?: string;
  readonly body?: string;
  readonly day?: string;
  readonly event?: string;
  readonly record?: string;
  readonly limit: string;
  readonly reveal?: boolean;
  readonly json?: boolean;
}

/** Told by `--help`. */
export const searchHelp = `
Os termos (o que foi procurado, quais registros apareceram) só com --reveal.
Consultas de páginas não têm nome de acontecimento: mostra-se o caminho. O nome
que --event aceita está em --json (event).`;

const mostListed = 10_000;

/** Shows entries of the audit, once it is written down that they were looked for. Throws `option-invalid`. */
export async function search(
  { person, body, day, event, record, limit, reveal = false, json = false, ...options }: SearchOptions,
  context: ProgramContext,
): Promise<void> {
  const config = readCentralConfig(options, context);
  const asked = { person: person?.replace(/\D/g, ''), body, day: dayOption('--day', day), event, record };
  const most = /^\d{1,5}$/.test(limit) ? Math.min(Number(limit), mostListed) : 0;
  if (most === 0) throw new GuaritaError('option-invalid', `--limit: um número até ${mostListed}.`);
  const now = new Date();
  await withBase(config, context, async (base) => {
    const found = await base.snapshot(async (questions) => {
      const filter = await filterOf(questions, asked);
      return searchAudit(questions, filter, { before: null, most });
    });
    const told = { event: 'audit-searched', who: whoCommands(context), through: 'command' };
    const entry = {
      kind: 'event',
      body: { ...told, found: found.length, revealed: reveal },
      terms: asked,
    } as const;
    await base.transaction((tx) => appendAudit(tx, entry, now));
    context.print(json ? plainJson(found.map((one) => toldEntry(one, reveal))) : tableOf(found, reveal));
  });
}

async function filterOf(
  questions: Questions,
  {
    person,
    body,
    day,
    event,
    record,
  }: Readonly<Record<'person' | 'body' | 'event' | 'record', string | undefined>> & {
    readonly day: string | null;
  },
): Promise<AuditFilter> {
  const who = person === undefined ? undefined : await personByCpf(questions, person);
  if (who === null) throw new GuaritaError('option-invalid', '--person: ninguém tem conta com esse CPF.');
  const where = body === undefined ? undefined : await bodyByShort(questions, body);
  if (where === null) throw new GuaritaError('option-invalid', `--body: não há o órgão "${body}".`);
  return {
    ...(who !== undefined && { person: who.id }),
    ...(where !== undefined && { body: where.id }),
    ...(day !== null && boundsOf(day)),
    ...(event !== undefined && { event }),
    ...(record !== undefined && { record }),
  };
}

function toldEntry({ id, at, body, hash, terms, personName, bodyShort }: NamedEntry, reveal: boolean) {
  const { terms: _digest, ...told } = JSON.parse(body) as Record<string, unknown>;
  const asked: unknown = reveal && terms !== null ? JSON.parse(terms) : null;
  return { id, at, ...told, personName, bodyShort, hash, ...(reveal && { terms: asked }) };
}

/** Of 80 columns. */
const widths = [9, 12, 20, 14, 19];

function tableOf(found: readonly NamedEntry[], reveal: boolean): string {
  if (found.length === 0) return 'Nenhum registro.';
  const table = plainTable(['nº', 'quando', 'quem', 'órgão', 'o quê'], {
    colAligns: ['right', 'left', 'left', 'left', 'left'],
    colWidths: widths,
    wordWrap: true,
  });
  for (const { id, at, body, personName, bodyShort, terms } of found) {
    const { event, method, route, problem, found: many, who: user } = bodyOf({ body });
    const what = [
      typeof event === 'string' ? eventWords(event) : `${method ?? ''} ${route ?? ''}`.trim(),
      ...(typeof many === 'number' ? [`achados: ${many}`] : []),
      ...(typeof problem === 'string' ? [`recusado: ${problemWords(problem)}`] : []),
    ].map(plainText);
    const who = plainText(personName ?? user ?? '–');
    table.push([id, writtenInstant(at).replace(', ', '\n'), who, bodyShort ?? '–', what.join('\n')]);
    if (reveal && terms !== null) {
      table.push([
        { colSpan: 5, content: plainText(terms), hAlign: 'left', wordWrap: true, wrapOnWordBoundary: false },
      ]);
    }
  }
  return table.toString();
}
