import { type DefaultTreeAdapterTypes, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;

/** What a page says, as it is read: one blank between words. */
export function withoutTags(page: string): string {
  const main = /<main[^]*<\/main>/.exec(page)?.[0] ?? page;
  const below = (node: Node): string => {
    if ('value' in node) return node.value;
    const inner = 'childNodes' in node ? node.childNodes.map(below).join('') : '';
    return ['td', 'th', 'p', 'li', 'caption', 'h1', 'h2', 'text'].includes(node.nodeName)
      ? ` ${inner} `
      : inner;
  };
  return below(parse(main)).replace(/\s+/g, ' ');
}
