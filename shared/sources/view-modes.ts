import { GuaritaError } from '../errors.ts';
import { type ChangelogConfig, modeOf, type ViewConfig } from './view-config.ts';

/**
 * Refuses a view whose declared mode contradicts what else is declared of it. The text is read by state IT, where
 * they wrote the configuration, so in Portuguese. Throws `mode-unusable`.
 */
export function requireUsableMode(view: ViewConfig): void {
  const contradiction = contradictionOf(view);
  if (contradiction === null) return;
  throw new GuaritaError('mode-unusable', `Visão "${view.name}": ${contradiction}`);
}

function contradictionOf(view: ViewConfig): string | null {
  const { watermark, changelog, key } = view;
  const mode = modeOf(view);
  if (mode === 'watermark' && watermark === undefined) {
    return `o modo watermark exige a coluna em "watermark". Modos que funcionam: ${declared(view)}.`;
  }
  if (mode === 'changelog' && changelog === undefined) {
    return `o modo changelog exige o bloco "changelog". Modos que funcionam: ${declared(view)}.`;
  }
  if (mode === 'changelog' && changelog !== undefined && changelog.key.length !== key.length) {
    return `"changelog.key" tem ${changelog.key.length} coluna(s) e "key" tem ${key.length}. Modos que funcionam: ${declared({ watermark })}; changelog, com as mesmas colunas.`;
  }
  if (mode === 'snapshot' && watermark !== undefined) {
    return `o modo snapshot não usa "watermark": retire um dos dois. Modos que funcionam: snapshot, sem "watermark"; ${declared(view)}.`;
  }
  return null;
}

/** The modes for which everything is declared, in the words of the configuration. */
function declared({
  watermark,
  changelog,
}: {
  readonly watermark?: string | undefined;
  readonly changelog?: ChangelogConfig | undefined;
}): string {
  const modes = [
    ...(watermark === undefined ? ['snapshot'] : ['watermark']),
    ...(changelog === undefined ? [] : ['changelog']),
  ];
  return modes.join('; ');
}

/** For the detail of `watermark-unusable`: what else would work on a view. */
export function otherModes(view: ViewConfig): string {
  const withLog = view.changelog === undefined ? 'changelog, com um log declarado' : 'changelog';
  const others =
    modeOf(view) === 'changelog'
      ? ['snapshot', 'watermark, com uma coluna que cresce']
      : ['snapshot', withLog];
  return `Modos que funcionam: ${others.join('; ')}.`;
}
