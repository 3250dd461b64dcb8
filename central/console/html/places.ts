/** Where in a template a value stands: as text, within a tag, in a quoted attribute, in one that is an address. */
export type Place = 'text' | 'tag' | 'value' | 'address';

/** Attributes whose value is an address, which a browser follows or asks for. */
const addresses = new Set([
  'href',
  'src',
  'action',
  'formaction',
  'xlink:href',
  'cite',
  'poster',
  'background',
]);

/** Attributes that a browser runs, or that are addresses among other things; those of events besides. */
const refusedAttributes = new Set(['style', 'srcdoc', 'srcset', 'imagesrcset', 'ping', 'attributionsrc']);

/** Elements of which one attribute says what becomes of another one: a redirect, a file that runs, an address that moves. */
const refusedElements = new Set(['meta', 'object', 'embed', 'iframe', 'base', 'param', 'animate', 'set']);

/** Elements whose content is no markup, nor text that is escaped. */
const rawElements = new Set([
  'script',
  'style',
  'iframe',
  'noembed',
  'noframes',
  'noscript',
  'xmp',
  'plaintext',
]);

/** Elements that hold text alone, whatever looks like a tag. */
const textElements = new Set(['textarea', 'title']);

const known = new WeakMap<TemplateStringsArray, readonly Place[]>();

/** Of a template the place of each of its values. Throws where one stands where none may. */
export function placesOf(template: TemplateStringsArray): readonly Place[] {
  const before = known.get(template);
  if (before !== undefined) return before;
  const places: Place[] = [];
  let state: State = { at: 'text' };
  for (const [index, part] of template.entries()) {
    state = follow(state, part);
    const next = template[index + 1];
    if (next !== undefined) places.push(placeAt(state, part, next));
  }
  if (state.at !== 'text') throw new Error('A template ends within a tag.');
  known.set(template, places);
  return places;
}

/** Where the template has come to: in text, in an element that holds no markup, within a tag, in an attribute's value. */
type State =
  | { readonly at: 'text' }
  | { readonly at: 'within'; readonly element: string }
  | { readonly at: 'tag'; readonly element: string }
  | { readonly at: 'value'; readonly element: string; readonly attribute: string };

/** @param before of the template, up to the value @param behind of the template, up to the next value or the end */
function placeAt(state: State, before: string, behind: string): Place {
  if (state.at === 'text') return 'text';
  if (state.at === 'within') {
    if (rawElements.has(state.element)) throw new Error(`Nothing is put into <${state.element}>.`);
    return 'text';
  }
  if (state.at === 'tag') {
    if (!/[\t\n\f\r ]$/.test(before) || !/^[\t\n\f\r />]/.test(behind)) {
      throw new Error('Nothing is put into a name, nor right beside one.');
    }
    return 'tag';
  }
  const { element, attribute } = state;
  if (refusedElements.has(element) || refusedAttributes.has(attribute) || attribute.startsWith('on')) {
    throw new Error(`Nothing is put into ${attribute} of <${element}>.`);
  }
  if (!addresses.has(attribute)) return 'value';
  // What stands before or behind it could make another address of it: "/" before "/evil" is another site.
  if (!before.endsWith('"') || !behind.startsWith('"')) {
    throw new Error(`An address is the whole of ${attribute}.`);
  }
  return 'address';
}

function follow(from: State, part: string): State {
  let state = from;
  let rest = part;
  while (rest !== '') {
    if (state.at === 'text') [state, rest] = afterText(rest);
    else if (state.at === 'within') [state, rest] = afterWithin(state, rest);
    else if (state.at === 'tag') [state, rest] = withinTag(state, rest);
    else {
      const end = rest.indexOf('"');
      if (end === -1) return state;
      rest = rest.slice(end + 1);
      state = { at: 'tag', element: state.element };
    }
  }
  return state;
}

/** A comment ends as browsers end it, of which some end where they begin; one that a value would stand in is none. */
const comment = /^<!(?:--(?:-?>|.*?--!?>)|doctype[^>]*>)/is;

function afterText(text: string): [State, string] {
  const open = text.indexOf('<');
  if (open === -1) return [{ at: 'text' }, ''];
  const rest = text.slice(open);
  const skipped = comment.exec(rest);
  if (skipped !== null) return [{ at: 'text' }, rest.slice(skipped[0].length)];
  const tag = /^<(\/?)([a-z][a-z0-9-]*)(?=[\t\n\f\r />]|$)/i.exec(rest);
  if (tag === null) throw new Error('A "<" of a template begins no tag.');
  const element = tag[1] === '/' ? '' : (tag[2] as string).toLowerCase();
  return [{ at: 'tag', element }, rest.slice(tag[0].length)];
}

function afterWithin(state: Extract<State, { at: 'within' }>, text: string): [State, string] {
  const { element } = state;
  const close = text.search(new RegExp(`</${element}[\\t\\n\\f\\r />]`, 'i'));
  const content = close === -1 ? text : text.slice(0, close);
  // Behind it a browser ends scripts elsewhere; within a drawing, a title holds markup.
  if (content.includes('<!--') || (textElements.has(element) && content.includes('<'))) {
    throw new Error(`A "<" within <${element}>.`);
  }
  return close === -1 ? [state, ''] : [{ at: 'text' }, text.slice(close)];
}

function withinTag(state: Extract<State, { at: 'tag' }>, text: string): [State, string] {
  const { element } = state;
  const rest = text.replace(/^[\t\n\f\r /]+/, '');
  if (rest === '') return [state, ''];
  if (rest.startsWith('>')) {
    const holdsMarkup = !rawElements.has(element) && !textElements.has(element);
    return [holdsMarkup ? { at: 'text' } : { at: 'within', element }, rest.slice(1)];
  }
  const attribute = /^([a-z][a-z0-9:._-]*)(?:(=)("?)|(?=[\t\n\f\r />]|$))/i.exec(rest);
  if (attribute === null) throw new Error('Attributes are quoted with ".');
  const [whole, name = '', equals, quote] = attribute;
  if (equals === undefined) return [state, rest.slice(whole.length)];
  if (quote !== '"') throw new Error(`The value of ${name} has no quotes.`);
  return [{ at: 'value', element, attribute: name.toLowerCase() }, rest.slice(whole.length)];
}
