import { count } from '../../shared/count-format.ts';
import { explain } from '../../shared/explain.ts';
import { plainTable } from '../../shared/plain-table.ts';
import type { TreatResult } from '../service/job-result.ts';
import type { Checked } from '../treat/check/checked.ts';
import type { TreatedSource } from '../treat/treat.ts';
import { scoreText } from '../words/score-words.ts';

const outcomes = {
  complete: 'tratado',
  failed: 'tratamento falhou',
  stopped: 'tratamento interrompido',
} as const;

type TypedResult = TreatedSource['typed'][number];
const typedWords: Readonly<Record<TypedResult['outcome'], string>> = {
  typed: 'tratada',
  'not-ready': 'ainda não lida até o fim',
  own: 'fora do dicionário',
  'other-key': 'a chave não é a do dicionário',
  failed: 'falhou',
};

/** Names that are told one by one; of a view of its own all columns are beyond the dictionary. */
const mostNamed = 8;

/** What a treatment came to, state by state. */
export function treatmentText(results: readonly TreatResult[]): string {
  if (results.length === 0) return 'Nada a tratar: a base ainda não tem nada de estado nenhum.';
  const [linked] = results.flatMap(({ treated }) => treated?.linked ?? []);
  const parts = [...results.map(sourceText), linked === undefined ? [] : linkedLines(linked)];
  return parts.flatMap((lines) => (lines.length === 0 ? [] : [lines.join('\n')])).join('\n\n');
}

/** Of whichever states they are: told once. */
function linkedLines({
  compared,
  moved,
  tooLarge,
  commonKeys,
}: NonNullable<TreatedSource['linked']>): string[] {
  const lines: string[] = [];
  if (compared > 0) {
    const told = compared === 1 ? '1 cadastro comparado' : `${count.format(compared)} cadastros comparados`;
    const went = moved === 1 ? '1 passou' : `${count.format(moved)} passaram`;
    lines.push(`Quem é quem, na nação: ${told}, ${went} a outra pessoa`);
  }
  if (tooLarge.groups > 0) {
    const [groups, registers] = [tooLarge.groups, tooLarge.registers].map((each) => count.format(each));
    lines.push(
      `Grupos grandes demais para juntar sem alguém olhar: ${groups} (${registers} cadastros)`,
      '→ guarita-central link review',
    );
  }
  if (commonKeys > 0) {
    lines.push(`Chaves que cadastros demais têm (não se procura por elas): ${count.format(commonKeys)}`);
  }
  return lines;
}

function sourceText(result: TreatResult): string[] {
  const { source, error, treated } = result;
  const lines = [treatmentLine(result)];
  if (treated !== null) lines.push(...treatedText(treated));
  if (error !== null) lines.push(`${source}: ${explain(error)}`);
  return lines;
}

function treatedText({ source, typed, judged, beyond }: TreatedSource): string[] {
  const lines: string[] = [];
  const views = viewsOf(typed, judged);
  if (views.length > 0) lines.push(viewsTable(views));
  const grade = judged?.score ?? null;
  if (grade !== null) lines.push(`${source}, nota do estado: ${scoreText(grade)} de 100`);
  for (const [view, names] of Object.entries(beyond)) {
    if (typed.some((each) => each.view === view && each.outcome === 'own')) continue;
    lines.push(`${source} ${view}, além do dicionário (fica só na camada da fonte): ${listed(names)}`);
  }
  const failed = (judged?.outcomes ?? []).filter(({ outcome }) => outcome === 'failed');
  if (failed.length > 0) {
    lines.push(`${source}: regras que não puderam ser conferidas: ${listed(failed.map(({ rule }) => rule))}`);
  }
  const partly = (judged?.outcomes ?? []).filter((each) => each.outcome !== 'failed' && each.failed > 0);
  if (partly.length > 0) {
    const told = partly.map((each) => `${each.rule} ${each.view} (${count.format(each.failed)})`);
    lines.push(`${source}: regras que falharam em alguns casos: ${listed(told)}`);
  }
  return lines;
}

function listed(names: readonly string[]): string {
  const all = [...new Set(names)];
  const more = all.length - mostNamed;
  return all.slice(0, mostNamed).join(', ') + (more > 0 ? ` e mais ${count.format(more)}` : '');
}

interface ShownView {
  readonly view: string;
  readonly typed: TypedResult | undefined;
  readonly judged: NonNullable<TreatedSource['judged']>['scores'][number] | undefined;
}

/** Each view once: what was typed of it now, and how good it is. */
function viewsOf(typed: TreatedSource['typed'], judged: TreatedSource['judged']): ShownView[] {
  const scores = judged?.scores ?? [];
  const names = new Set([...typed, ...scores].map(({ view }) => view));
  return [...names].map((view) => ({
    view,
    typed: typed.find((each) => each.view === view),
    judged: scores.find((each) => each.view === view),
  }));
}

function viewsTable(views: readonly ShownView[]): string {
  const table = plainTable(['visão', 'lidas', 'linhas', 'com achados', 'nota', 'situação'], {
    colAligns: ['left', 'right', 'right', 'right', 'right', 'left'],
  });
  for (const { view, typed, judged } of views) {
    const number = (of: number | undefined) => (of === undefined ? '–' : count.format(of));
    const grade = judged?.score ?? null;
    const code = typed?.problem ?? null;
    const problem = code === null ? '' : ` (${code})`;
    table.push([
      view,
      number(typed?.rows),
      number(judged?.rows),
      number(judged?.touched),
      scoreText(grade),
      typed === undefined ? '–' : typedWords[typed.outcome] + problem,
    ]);
  }
  return table.toString();
}

/** One line for a source's treatment, for the service as well. */
export function treatmentLine({ source, outcome, error, treated }: TreatResult): string {
  const problem = error === null ? '' : ` (${error.code})`;
  const rows = (treated?.typed ?? []).reduce((sum, each) => sum + each.rows, 0);
  const checked = treated?.checked ?? null;
  const findings =
    checked === null
      ? []
      : [
          `conferências: ${count.format(checked.looked)}`,
          `achados novos: ${count.format(checked.opened)}`,
          `resolvidos: ${count.format(checked.resolved)}`,
          ...elsewhereText(checked.elsewhere),
        ];
  const counts = treated === null ? [] : [`linhas: ${count.format(rows)}`, ...findings];
  const told = counts.length === 0 ? '' : `; ${counts.join(', ')}`;
  return `${source}: ${outcomes[outcome]}${problem}${told}`;
}

/** What two states share is found in the rows of both, by whichever is treated first. */
function elsewhereText({ opened, resolved }: Checked['elsewhere']): string[] {
  if (opened + resolved === 0) return [];
  return [`em outros estados: ${count.format(opened)} novos e ${count.format(resolved)} resolvidos`];
}

/** The same for programs. */
export function treatmentJson(results: readonly TreatResult[]): string {
  return JSON.stringify(
    results.map(({ source, outcome, error, treated }) => ({
      ...{ source, outcome, problem: error?.code ?? null },
      ...{ typed: treated?.typed ?? [], checked: treated?.checked ?? null },
      ...{ judged: treated?.judged ?? null, beyond: treated?.beyond ?? {}, linked: treated?.linked ?? null },
    })),
  );
}
