/** Of each character of Latin-1: it stands for itself, it is a blank, or it has to be looked at. */
const [look, itself, blank] = [0, 1, 2];
const sorts = new Uint8Array(256).fill(look);
sorts.fill(itself, 0x21, 0x7f);
// A question mark may stand for a letter that was lost.
sorts[0x3f] = look;
sorts.fill(itself, 0xc0, 0x100);
sorts[0xd7] = sorts[0xf7] = look;
sorts[0x20] = blank;

/**
 * There is nothing to clean in it, as in nearly all: seen without making anything of it. What UTF-8 read as Latin-1
 * leaves has always a character from 80 to BF behind a letter, and none of those is plain.
 */
export function isPlain(text: string): boolean {
  let before = blank;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0xff) return false;
    const sort = sorts[code];
    if (sort === look || (sort === blank && before === blank)) return false;
    before = sort as number;
  }
  return before === itself;
}
