import { usualLog } from '../../database-scripts/usual-log.ts';
import type { ProgramContext } from '../../program.ts';
import { isAsked } from '../../prompts.ts';
import type { ChangelogConfig, ViewConfig } from '../../sources/view-config.ts';
import { namesIn } from '../withheld.ts';
import type { Answers } from './answers.ts';
import { type FoundView, findLog, snapshotOf, tryViews, type ViewPlace, viewLine } from './find-views.ts';

type Choice = 'snapshot' | 'changelog' | 'watermark' | 'out';

/** Who decides how each view is read, and what they have to go by. */
interface Deciding {
  readonly place: ViewPlace;
  readonly answers: Answers;
  readonly print: ProgramContext['print'];
  /** A log that was found beside the views; null where there is none. */
  readonly log: string | null;
}

interface ChoosingModes {
  readonly place: ViewPlace;
  readonly answers: Answers;
  /** By which a view is read already; null where none is. */
  readonly log: ChangelogConfig | null;
}

/**
 * How the changes of a view are found that lacks the dictionary's column for it: a mode is proposed for each, and asked
 * where there is a person. Nothing is left out but by their word.
 */
export async function chooseModes(
  found: readonly FoundView[],
  { place, answers, log: before }: ChoosingModes,
  { print }: ProgramContext,
): Promise<FoundView[]> {
  const lacking = found.filter(({ config, lacks }) => config !== null && lacks !== null);
  if (lacking.length === 0) return [...found];
  const names = lacking.map(({ name }) => name).join(', ');
  const log = await findLog(place);
  print(
    [
      `Sem ${lacking[0]?.lacks ?? ''} que sirva: ${names}.`,
      '  Proposta: leitura por inteiro, comparada a cada coleta (modo snapshot). Pesa mais no banco.',
      ...(log === null ? [] : [`  Há um log, ${log}: por ele (modo changelog) só se lê o que mudou.`]),
    ].join('\n'),
  );
  if (!isAsked()) return [...found];
  const each = { name: 'decidir visão por visão', value: 'each' as const };
  const all = { name: 'por inteiro, todas', value: 'all' as const };
  const choices = log === null ? [all, each] : [each, all];
  if ((await answers.choice('modes', 'Como achar o que mudou nelas?', choices)) === 'all') return [...found];
  const decided: FoundView[] = [];
  // The next view's log is proposed to be as the last one's.
  let last = before;
  for (const view of found) {
    if (!lacking.includes(view)) decided.push(view);
    else {
      const one: FoundView = await decide(view, last, { place, answers, print, log });
      decided.push(one);
      last = one.config?.changelog ?? last;
    }
  }
  return decided;
}

/** Asks until what is answered works on the view; what was answered is proposed each time. */
async function decide(view: FoundView, last: ChangelogConfig | null, deciding: Deciding): Promise<FoundView> {
  for (;;) {
    const config = await askMode(view, last, deciding);
    if (config === null) return { ...view, config: null, said: 'deixada de fora' };
    const [tried = view] = await tryViews(deciding.place, [config]);
    deciding.print(viewLine(tried));
    if (tried.config !== null) return tried;
  }
}

async function askMode(
  view: FoundView,
  last: ChangelogConfig | null,
  deciding: Deciding,
): Promise<ViewConfig | null> {
  const { name, config, columns } = view;
  const { answers, log } = deciding;
  if (config === null) return null;
  const snapshot = { name: 'por inteiro, comparada a cada coleta (snapshot)', value: 'snapshot' as const };
  const changelog = { name: 'pelo log de mudanças do sistema (changelog)', value: 'changelog' as const };
  const choice = await answers.choice<Choice>(`mode-${name}`, `Visão ${name}: como achar o que mudou?`, [
    ...(log === null ? [snapshot, changelog] : [changelog, snapshot]),
    { name: 'por outra coluna, que cresce a cada mudança (watermark)', value: 'watermark' },
    { name: 'deixar esta visão de fora', value: 'out' },
  ]);
  if (choice === 'out') return null;
  if (choice === 'snapshot') return snapshotOf(config);
  const { mode: _, ...others } = config;
  if (choice === 'changelog') return { ...others, changelog: await askLog(config, last, deciding) };
  const watermark = await answers.text(`watermark-${name}`, 'Coluna que cresce a cada mudança', {
    check: (text) => (columns.includes(text) ? null : `Não há essa coluna. Há: ${columns.join(', ')}.`),
  });
  return { ...others, watermark };
}

async function askLog(
  { name, key }: ViewConfig,
  last: ChangelogConfig | null,
  { answers, log }: Deciding,
): Promise<ChangelogConfig> {
  const ask = (what: string, message: string, preset: string | undefined) =>
    answers.text(`log-${what}-${name}`, message, { preset });
  const found = last === null ? (log ?? undefined) : [last.relation].flat().join('.');
  const relation = await ask('relation', 'Visão ou tabela do log, com o esquema', found);
  const watermark = await ask(
    'watermark',
    'Coluna do log que cresce a cada registro',
    last?.watermark ?? usualLog.watermark,
  );
  const keys: string[] = [];
  for (const [index, column] of key.entries()) {
    const preset = last?.key[index] ?? usualLog.key;
    keys.push(await ask(`key-${index}`, `Coluna do log com a chave (${column})`, preset));
  }
  const of = last === null ? usualLog.table : (last.table?.column ?? '-');
  const table = await ask('table', 'Coluna do log com o nome da tabela; "-" se não há', of);
  if (table === '-') return { relation, watermark, key: keys };
  const values = await answers.text(
    `log-values-${name}`,
    'Tabelas de que vem esta visão, como o log as chama (separadas por vírgula)',
    { check: (text) => (namesIn(text).length === 0 ? 'Falta o nome de uma tabela.' : null) },
  );
  return { relation, watermark, key: keys, table: { column: table, values: namesIn(values) } };
}
