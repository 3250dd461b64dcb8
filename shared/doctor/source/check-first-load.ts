import { count } from '../../count-format.ts';
import { ok, trouble, unchecked } from '../check.ts';
import type { Facts, ViewLook } from './facts.ts';
import { type SourceCheck, sourceCheckNames } from './names.ts';

/** Bits a second: what a line to a state is supposed to carry when nothing else is known of it. */
const supposedLine = 10_000_000;
const longLoadSeconds = 86_400;

/**
 * How long a first load takes: all bytes of all views, read as fast as their first pages just were, then sent over a
 * line of a supposed width, uncompressed. Central loads a page while the next one comes, so that adds nothing.
 */
export function checkFirstLoad({ views }: Facts): readonly SourceCheck[] {
  const loads = views.flatMap(({ look }) => (look.kind === 'done' ? [loadOf(look.value)] : []));
  if (loads.length === 0) return [unchecked('first-load', null, sourceCheckNames.rows)];
  const bytes = sum(loads.map((load) => load.bytes));
  const seconds = sum(loads.map((load) => load.seconds)) + (bytes * 8) / supposedLine;
  const some = loads.length === views.length ? '' : `, só de ${loads.length} das ${views.length} visões`;
  const message =
    `${duration(seconds)} (${size(bytes)}${some}, na velocidade medida agora; ` +
    `enlace suposto de ${supposedLine / 1e6} Mbit/s, sem compressão)`;
  if (seconds < longLoadSeconds) return [ok('first-load', null, message)];
  const next = 'Crie os índices apontados acima. A carga pode ser interrompida: segue de onde parou.';
  return [trouble('first-load', null, 'warning', message, next)];
}

/** All of a view. Pages take as long as the first one: what no index serves is sorted for each anew. */
export function loadOf({ rows, sample, page }: ViewLook): {
  readonly bytes: number;
  readonly seconds: number;
} {
  const lineBytes = sample.rows === 0 ? 0 : sample.bytes / sample.rows;
  const pages = page.rows === 0 ? 0 : rows / page.rows;
  return { bytes: rows * lineBytes, seconds: (pages * page.milliseconds) / 1000 };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function duration(seconds: number): string {
  if (seconds < 60) return 'menos de um minuto';
  if (seconds < 7200) return `cerca de ${Math.ceil(seconds / 60)} minutos`;
  return `cerca de ${Math.ceil(seconds / 3600)} horas`;
}

function size(bytes: number): string {
  if (bytes < 1e9) return `${count.format(Math.ceil(bytes / 1e6))} MB`;
  return `${count.format(Math.ceil(bytes / 1e8) / 10)} GB`;
}
