const letters = new Intl.Segmenter('pt-BR');

/** How wide a text is about, in widths of a digit: names are mostly capitals. */
export function widthOf(text: string): number {
  let width = 0;
  for (const letter of text) {
    if (/[MWÃÂÁÀÄ@%]/.test(letter) || letter > '\u{2e7f}') width += 1.5;
    else if (/[IJLil1 .,'’-]/.test(letter)) width += 0.65;
    else width += /[\p{Lu}\p{N}]/u.test(letter) ? 1.2 : 1;
  }
  return width;
}

/** A name in so much room: first and last name whole, what stands between as initials or not at all; else cut. */
export function shortName(name: string, room: number): string {
  if (name.length < 200 && widthOf(name) <= room) return name;
  const words = name.slice(0, 1000).split(/\s+/u).filter(Boolean);
  const [first = '', last = ''] = [words[0], words.length > 1 ? words.at(-1) : ''];
  const initials = words
    .slice(1, -1)
    .filter((word) => word.length > 3)
    .map((word) => `${firstOf(word)}.`);
  for (let kept = initials.length; kept >= 0; kept--) {
    const short = [first, ...initials.slice(0, kept), last].filter(Boolean).join(' ');
    if (widthOf(short) <= room) return short;
  }
  return cut(`${first} ${last}`.trim(), room);
}

function firstOf(word: string): string {
  for (const { segment } of letters.segment(word)) return segment;
  return '';
}

/** The beginning of a text, as much as there is room for. */
function cut(text: string, room: number): string {
  let kept = '';
  for (const { segment } of letters.segment(text)) {
    if (widthOf(`${kept}${segment}…`) > room) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}
