import { asGuaritaError, GuaritaError } from '../../shared/errors.ts';
import { pause } from '../../shared/pause.ts';
import { plainTable } from '../../shared/plain-table.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { sourceError } from '../../shared/sources/source-error.ts';
import { sourceNames } from '../enrolment/source-names.ts';
import { type ApiDeclaration, readDeclaration } from '../sources/api/declaration.ts';
import { ApiLine } from '../sources/api/line.ts';
import { type Listed, listView } from '../sources/api/list-view.ts';
import type { RowTexts } from '../sources/api/records.ts';
import type { ApiView } from '../sources/api/view-schema.ts';
import { maskText } from '../words/mask.ts';

export interface TryOptions {
  readonly file: string;
  readonly view: string;
  readonly rule: string;
}

export const tryHelp = `
Pede uma só página e mostra como a declaração a entende; nada é gravado. Dos valores, só o começo aparece.
Modelo da declaração: guarita-central source api sample`;

/** Asks a state's API for one page of a view, as declared, and shows what was made of it. */
export async function tryApi(name: string, options: TryOptions, context: ProgramContext): Promise<void> {
  const uf = name.toUpperCase();
  if (!sourceNames.includes(uf)) {
    throw new GuaritaError(
      'option-invalid',
      `"${name}" não é a sigla de um estado, nem BR (sistema federal).`,
    );
  }
  if (options.rule !== '3' && options.rule !== '4') {
    throw new GuaritaError('option-invalid', '--rule: 3 (por VPN) ou 4 (pela internet).');
  }
  const declaration = readDeclaration(options.file, options.rule === '3' ? 3 : 4);
  const view = viewNamed(declaration, options.view);
  const { environment, stop, pause: wait = pause } = context;
  const line = new ApiLine({ api: declaration.api, environment, pause: wait });
  const taken: RowTexts[] = [];
  try {
    const take = (rows: readonly RowTexts[]) => void taken.push(...rows);
    const request = { from: null, take, pages: 1, signal: stop };
    const listed = await listView({ line, api: declaration.api }, view, request);
    context.print([`${uf}, ${view.name}:`, ...understood(listed, taken, line.requests)].join('\n'));
  } catch (error) {
    throw sourceError(error, asGuaritaError);
  } finally {
    await line.close();
  }
}

function viewNamed({ views }: ApiDeclaration, name: string): ApiView {
  const view = views.find((each) => each.name === name);
  if (view !== undefined) return view;
  const known = views.map((each) => each.name).join(', ');
  throw new GuaritaError('option-invalid', `--view: "${name}" não está na declaração; estão: ${known}.`);
}

function understood(
  { received, total, isWhole, rows }: Listed,
  taken: readonly RowTexts[],
  requests: number,
): string[] {
  const table = plainTable(['coluna', 'de onde', 'com valor', 'exemplo']);
  for (const [place, { name, path }] of rows.columns.entries()) {
    const values = taken.flatMap((row) => row[place] ?? []);
    const example = values.find((text) => text !== '');
    table.push([
      name,
      path,
      `${values.length} de ${received}`,
      example === undefined ? '' : maskText(example),
    ]);
  }
  const missing = received === 0 ? [] : rows.neverFound;
  return [
    `Registros nesta página: ${received}. Pedidos à API: ${requests}.`,
    total === null ? 'Sem total declarado.' : `Total anunciado: ${total}.`,
    isWhole ? 'Não há outra página, pelo que a API diz.' : 'Há outra página, ou só a próxima o dirá.',
    table.toString(),
    ...missing.map(
      ({ name, path }) =>
        `⚠ ${name}: nenhum registro tem "${path}". Confira o nome; assim a coleta é recusada.`,
    ),
  ];
}
