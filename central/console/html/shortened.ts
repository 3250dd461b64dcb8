/** Characters that are shown of one value: a longer one is whole on its row's own page. */
const longest = 120;

/** By characters as people count them, with a sign that there is more: a name of thousands of letters is a mistake. */
export function shortened(text: string, most = longest): string {
  if (text.length <= most) return text;
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most).join('')}…`;
}
