import { count } from '../../shared/count-format.ts';
import { GuaritaError } from '../../shared/errors.ts';
import { plainTable } from '../../shared/plain-table.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { lastScores } from '../base/national-layer/day-figures.ts';
import {
  checkedSources,
  countFindings,
  exportedFindings,
  type FindingCount,
  findingsOfRule,
  type SharedFinding,
} from '../base/national-layer/list-findings.ts';
import { type CentralOptions, readCentralConfig, withBase } from '../central.ts';
import { heldSources } from '../service/held-sources.ts';
import { wrapped } from '../status/wrapped.ts';
import { severityNames } from '../treat/rules/severity-names.ts';
import { findingsCsv } from '../words/findings-csv.ts';
import { keyText } from '../words/mask.ts';
import { bySeverity, columnOf, itemText, ruleCodes, toldRule } from '../words/rule-words.ts';
import { findingsHistory } from './findings-history.ts';
import { findingsText, type ToldCount } from './findings-words.ts';
import { printOrWrite } from './print-or-write.ts';

export interface FindingsOptions extends CentralOptions {
  readonly json?: boolean;
  readonly rule?: string;
  /** Instead of what is open, how it was on each day. */
  readonly history?: boolean;
  readonly days?: string;
  /** Show what names rows, and in an export what the state gave, in full: personal data. */
  readonly reveal?: boolean;
  /** File for an export; without it, standard output. */
  readonly out?: string;
}

/** Told by `--help`. */
export const findingsHelp = `
Com --history, os achados e a nota de cada dia em que o estado foi tratado.
Novos: achados nesse dia pela primeira vez; resolvidos: fechados nesse dia.
O que o tratamento de outro estado abre ou fecha depois do deste não conta como
novo nem resolvido em dia nenhum; só entra nos abertos, no próximo dia tratado.

Um achado fecha sozinho quando o estado corrige a linha e ela é tratada de novo.
Só lê a base. Sem servidor (PGlite), com o serviço parado.`;

/** Findings of one rule that are listed; the export has them all. */
const mostListed = 200;

/** Shows what the rules found and is open, in one source or in all. Throws `option-invalid`. */
export async function listFindings(
  name: string | undefined,
  options: FindingsOptions,
  context: ProgramContext,
): Promise<void> {
  const config = readCentralConfig(options, context);
  const rule = options.rule === undefined ? undefined : ruleNamed(options.rule);
  const { json = false, history = false, days } = options;
  if (days !== undefined && !history) throw new GuaritaError('option-invalid', '--days: só com --history.');
  await withBase(config, context, async (base) => {
    const sources = await heldSources(base, name === undefined ? [] : [name]);
    if (history) return context.print(await findingsHistory(base, sources, { days, rule, json }));
    const { counts, checked, rows, scores } = await base.snapshot(async (questions) => ({
      counts: (await countFindings(questions, sources)).filter(
        (each) => rule === undefined || each.rule === rule,
      ),
      checked: await checkedSources(questions, sources),
      scores: await lastScores(questions, sources),
      rows: rule === undefined ? [] : await findingsOfRule(questions, sources, rule, mostListed),
    }));
    if (rule !== undefined) {
      if (counts.length === 0 && !ruleCodes().includes(rule)) throw unknownRule(rule);
      return context.print(
        json ? ruleJson(rule, counts, rows, options) : ruleText(rule, counts, rows, options),
      );
    }
    const told = counts
      .map((each): ToldCount => ({ ...each, told: toldRule(each.rule, each.view) }))
      .toSorted((a, b) => bySeverity(a.told, b.told) || b.open - a.open);
    context.print(json ? summaryJson(told) : findingsText(told, sources, checked, scores));
  });
}

/** Writes the open findings of a source as a CSV for the state, into a file that only its owner may read. */
export async function exportFindings(
  name: string,
  options: FindingsOptions,
  context: ProgramContext,
): Promise<void> {
  const config = readCentralConfig(options, context);
  const { out, reveal = false } = options;
  await withBase(config, context, async (base) => {
    const [source = ''] = await heldSources(base, [name]);
    await printOrWrite(findingsCsv(exportedFindings(base, source, columnOf), reveal), { out }, context);
  });
}

/** A code as rules have it, in whichever case it is given: some end in a small letter. */
function ruleNamed(given: string): string {
  const upper = given.toUpperCase();
  return ruleCodes().find((code) => code.toUpperCase() === upper) ?? upper;
}

function unknownRule(rule: string): GuaritaError {
  return new GuaritaError('option-invalid', `--rule: "${rule}"; há: ${ruleCodes().join(', ')}.`);
}

function summaryJson(counts: readonly ToldCount[]): string {
  return JSON.stringify(
    counts.map(({ source, view, rule, open, oldest, told: { severity, wrong, todo } }) => ({
      ...{ source, view, rule, severity, open, oldest, wrong, todo },
    })),
  );
}

const totalOf = (counts: readonly FindingCount[]) => counts.reduce((sum, { open }) => sum + open, 0);

function shown(rows: readonly SharedFinding[], { reveal = false }: FindingsOptions) {
  return rows.map(({ source, view, id, item, since, seen, beside }) => ({
    ...{ source, view, id: keyText([id], reveal), item: itemText(view, item, reveal), since, seen },
    beside: beside.map((other) => ({ source: other.source, id: keyText([other.id], reveal) })),
  }));
}

function ruleJson(
  rule: string,
  counts: readonly FindingCount[],
  rows: readonly SharedFinding[],
  options: FindingsOptions,
): string {
  const { code, ...told } = toldRule(rule, counts[0]?.view ?? null);
  return JSON.stringify({ rule: code, ...told, open: totalOf(counts), findings: shown(rows, options) });
}

function ruleText(
  rule: string,
  counts: readonly FindingCount[],
  rows: readonly SharedFinding[],
  options: FindingsOptions,
): string {
  const { severity, wrong, todo, basis } = toldRule(rule, counts[0]?.view ?? null);
  const name = severity === null ? rule : `${rule} (${severityNames[severity]})`;
  const about = [
    `${name}: ${wrong}`,
    ...(todo === '' ? [] : [`→ ${todo}`]),
    ...(basis === null ? [] : [basis]),
  ];
  const head = about.flatMap((line) => wrapped(line, ''));
  if (rows.length === 0) return [...head, 'Nenhum achado aberto.'].join('\n');
  const isShared = rows.some(({ beside }) => beside.length > 0);
  const table = plainTable(['UF', 'visão', 'id', 'item', 'desde', ...(isShared ? ['com'] : [])]);
  for (const { source, view, id, item, since, beside } of shown(rows, options)) {
    const day = since.slice(0, 10);
    const others = beside.map((other) => `${other.source} ${other.id}`).join(', ');
    table.push([source, view, id, item, day, ...(isShared ? [others] : [])]);
  }
  const total = totalOf(counts);
  const more = `Mostrados ${count.format(rows.length)} de ${count.format(total)}; todos: "findings export".`;
  return [...head, table.toString(), ...(total > rows.length ? [more] : [])].join('\n');
}
