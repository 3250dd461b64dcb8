import { type Html, html } from '../html.ts';
import { brazilBox, brazilPaths } from './brazil-paths.ts';

/** A state as a map shows it. */
export interface DrawnState {
  readonly state: string;
  readonly href: string;
  /** What is told of it, whole: `Alagoas: crítico`. */
  readonly words: string;
  /** Beside its letters: what its filling says. */
  readonly sign: string;
  /** Id of a pattern of the page. */
  readonly filling: string;
}

/** Where the letters of a state stand, by their middle; with a line to it where that is beside the state. */
const places: Readonly<
  Record<keyof typeof brazilPaths, readonly [x: number, y: number, from?: readonly [x: number, y: number]]>
> = {
  AC: [58, 226],
  AL: [655, 246, [580, 232]],
  AM: [150, 150],
  AP: [345, 62],
  BA: [490, 290],
  CE: [545, 165],
  DF: [410, 316],
  ES: [572, 424, [522, 400]],
  GO: [368, 374],
  MA: [455, 165],
  MG: [475, 385],
  MS: [305, 430],
  MT: [290, 300],
  PA: [320, 150],
  PB: [655, 182, [585, 190]],
  PE: [655, 214, [580, 212]],
  PI: [500, 200],
  PR: [365, 495],
  RJ: [545, 468, [490, 452]],
  RN: [655, 150, [585, 168]],
  RO: [180, 260],
  RR: [195, 50],
  RS: [330, 575],
  SC: [455, 545, [390, 535]],
  SE: [655, 278, [562, 245]],
  SP: [405, 445],
  TO: [410, 240],
};

/** It lies within another one, which would cover it. */
const within = 'DF';

/** Wider than the land: letters stand in the sea. */
const boxWithSea = brazilBox.replace(
  / (\d+) (\d+)$/,
  (_, width, height) => ` ${Number(width) + 80} ${height}`,
);

/**
 * The states, each filled with a pattern of the page and a link; of those that are not told the outline alone. A table
 * beside it has what it tells.
 * @param label what the map is of
 */
export function brazilMap(label: string, states: readonly DrawnState[]): Html {
  const letters = (Object.keys(brazilPaths) as (keyof typeof brazilPaths)[]).toSorted(
    (one, other) => Number(one === within) - Number(other === within),
  );
  const drawn = letters.map((state) => {
    const told = states.find((one) => one.state === state);
    return told === undefined
      ? html`<path class="fora" d="${brazilPaths[state]}"></path>`
      : drawnState(state, told);
  });
  return html`<svg class="mapa" viewBox="${boxWithSea}" role="group" aria-label="${label}">${drawn}</svg>`;
}

function drawnState(state: keyof typeof brazilPaths, { href, words, sign, filling }: DrawnState): Html {
  const [x, y, from] = places[state];
  // The end of the line is beside the letters.
  const line =
    from !== undefined &&
    html`<path class="chamada" d="${`M${from[0]} ${from[1]}L${x - 32} ${y - 5}`}"></path>`;
  const written = sign === '' ? state : `${state} ${sign}`;
  // What is written there is in the name, for whoever says aloud what they see.
  return html`<a href="${href}" aria-label="${`${written} – ${words}`}"><path d="${brazilPaths[state]}" fill="${`url(#${filling})`}"></path>${line}<text x="${x}" y="${y}">${written}</text></a>`;
}
