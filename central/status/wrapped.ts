/** As wide as what is printed for people is meant to be. */
const width = 80;

/** A sentence in lines that fit beside an indent, which each of them has; a longer word has a line of its own. */
export function wrapped(text: string, indent: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(indent + word);
  }
  return lines;
}
