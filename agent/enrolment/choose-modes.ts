import type { ProgramContext } from '../../shared/program.ts';
import { askText, choose, isAsked } from '../../shared/prompts.ts';
import type { ViewConfig } from '../../shared/sources/view-config.ts';
import { usualLog } from '../config/usual-log.ts';
import { type FoundView, findLog, snapshotOf, tryViews, type ViewPlace, viewLine } from './find-views.ts';

type Choice = 'snapshot' | 'changelog' | 'watermark' | 'out';

/**
 * How the changes of a view are found that lacks the dictionary's column for it: a mode is proposed for each, and asked
 * where there is a person. Nothing is left out but by their word.
 */
export async function chooseModes(
  found: readonly FoundView[],
  place: ViewPlace,
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
  const each = { name: 'decidir visão por visão', value: 'each' };
  const all = { name: 'por inteiro, todas', value: 'all' };
  const answer = await choose('Como achar o que mudou nelas?', log === null ? [all, each] : [each, all]);
  if (answer === 'all') return [...found];
  const decided: FoundView[] = [];
  for (const view of found) {
    decided.push(lacking.includes(view) ? await decide(view, place, log, print) : view);
  }
  return decided;
}

/** Asks until what is answered works on the view. */
async function decide(
  view: FoundView,
  place: ViewPlace,
  log: string | null,
  print: ProgramContext['print'],
): Promise<FoundView> {
  for (;;) {
    const config = await askMode(view, log);
    if (config === null) return { ...view, config: null, said: 'deixada de fora' };
    const [tried = view] = await tryViews(place, [config]);
    print(viewLine(tried));
    if (tried.config !== null) return tried;
  }
}

async function askMode({ name, config, columns }: FoundView, log: string | null): Promise<ViewConfig | null> {
  if (config === null) return null;
  const snapshot = { name: 'por inteiro, comparada a cada coleta (snapshot)', value: 'snapshot' as const };
  const changelog = { name: 'pelo log de mudanças do sistema (changelog)', value: 'changelog' as const };
  const choice = await choose<Choice>(`Visão ${name}: como achar o que mudou?`, [
    ...(log === null ? [snapshot, changelog] : [changelog, snapshot]),
    { name: 'por outra coluna, que cresce a cada mudança (watermark)', value: 'watermark' },
    { name: 'deixar esta visão de fora', value: 'out' },
  ]);
  if (choice === 'out') return null;
  if (choice === 'snapshot') return snapshotOf(config);
  const { mode: _, ...view } = config;
  if (choice === 'changelog') return { ...view, changelog: await askLog(view, log) };
  const watermark = await askText('Coluna que cresce a cada mudança', {
    check: (text) => (columns.includes(text) ? null : `Não há essa coluna. Há: ${columns.join(', ')}.`),
  });
  return { ...view, watermark };
}

async function askLog(
  { key }: Pick<ViewConfig, 'key'>,
  log: string | null,
): Promise<NonNullable<ViewConfig['changelog']>> {
  const ask = (message: string, preset?: string) => askText(message, { preset });
  const relation = await ask('Visão ou tabela do log, com o esquema', log ?? undefined);
  const watermark = await ask('Coluna do log que cresce a cada registro', usualLog.watermark);
  const keys: string[] = [];
  for (const column of key) keys.push(await ask(`Coluna do log com a chave (${column})`, usualLog.key));
  const table = await ask('Coluna do log com o nome da tabela; "-" se não há', usualLog.table);
  if (table === '-') return { relation, watermark, key: keys };
  const values = await ask('Tabelas de que vem esta visão, como o log as chama (separadas por vírgula)');
  const names = values.split(',').flatMap((value) => value.trim() || []);
  return { relation, watermark, key: keys, table: { column: table, values: names } };
}
