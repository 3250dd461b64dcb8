/** Where in a template a value stands: as text, within a tag, in a quoted attribute, in one that is an address. */
export type Place = 'text' | 'tag' | 'value' | 'address';

/** Attributes whose value is an address, which a browser follows or asks for. */
const addresses = new Set(['href', 'src', 'action', 'formaction', 'xlink:href', 'cite', 'poster']);

const known = new WeakMap<TemplateStringsArray, readonly Place[]>();

/** Of a template the place of each of its values. Throws where one stands where none may. */
export function placesOf(template: TemplateStringsArray): readonly Place[] {
  const before = known.get(template);
  if (before !== undefined) return before;
  const places: Place[] = [];
  let state: State = { at: 'text' };
  for (const [index, part] of template.entries()) {
    state = follow(state, part);
    if (index < template.length - 1) places.push(placeAt(state));
  }
  if (state.at !== 'text') throw new Error('A template ends within a tag.');
  known.set(template, places);
  return places;
}

/** Where the template has come to: in text, in the element that is no markup, within a tag, in an attribute's value. */
type State =
  | { readonly at: 'text' }
  | { readonly at: 'raw'; readonly element: string }
  | { readonly at: 'tag'; readonly element: string; readonly attribute: string }
  | { readonly at: 'value'; readonly element: string; readonly attribute: string };

function placeAt(state: State): Place {
  if (state.at === 'text') return 'text';
  if (state.at === 'raw') throw new Error(`Nothing is put into <${state.element}>.`);
  if (state.at === 'tag') {
    if (state.attribute !== '') throw new Error(`The value of ${state.attribute} has no quotes.`);
    return 'tag';
  }
  const { attribute } = state;
  if (
    attribute === 'style' ||
    attribute === 'srcdoc' ||
    attribute === 'srcset' ||
    attribute.startsWith('on')
  ) {
    throw new Error(`Nothing is put into ${attribute}.`);
  }
  return addresses.has(attribute) ? 'address' : 'value';
}

function follow(from: State, part: string): State {
  let state = from;
  let rest = part;
  while (rest !== '') {
    if (state.at === 'text') {
      const open = rest.indexOf('<');
      if (open === -1) return state;
      rest = rest.slice(open);
      const tag = /^<\/?([a-z][a-z0-9-]*)/i.exec(rest);
      const comment = /^<!(?:--.*?-->|doctype[^>]*>)/is.exec(rest);
      if (comment !== null) rest = rest.slice(comment[0].length);
      else if (tag === null) throw new Error('A "<" of a template begins no tag.');
      else {
        const isClosing = rest.startsWith('</');
        state = { at: 'tag', element: isClosing ? '' : (tag[1] as string).toLowerCase(), attribute: '' };
        rest = rest.slice(tag[0].length);
      }
    } else if (state.at === 'raw') {
      const close = rest.toLowerCase().indexOf(`</${state.element}`);
      if (close === -1) return state;
      rest = rest.slice(close);
      state = { at: 'text' };
    } else if (state.at === 'tag') {
      [state, rest] = withinTag(state, rest);
    } else {
      const end = rest.indexOf('"');
      if (end === -1) return state;
      rest = rest.slice(end + 1);
      state = { at: 'tag', element: state.element, attribute: '' };
    }
  }
  return state;
}

/** Elements whose content is no markup. */
const rawElements = new Set(['script', 'style']);

function withinTag(state: Extract<State, { at: 'tag' }>, text: string): [State, string] {
  const { element } = state;
  const rest = text.replace(/^[\s/]+/, '');
  if (rest.startsWith('>')) {
    const after: State = rawElements.has(element) ? { at: 'raw', element } : { at: 'text' };
    return [after, rest.slice(1)];
  }
  const quoted = /^([^\s"'<>/=]+)="/.exec(rest);
  if (quoted !== null) {
    const attribute = (quoted[1] as string).toLowerCase();
    return [{ at: 'value', element, attribute }, rest.slice(quoted[0].length)];
  }
  const bare = /^([^\s"'<>/=]+)(=?)/.exec(rest);
  if (bare === null) {
    if (rest === '') return [{ at: 'tag', element, attribute: '' }, ''];
    throw new Error('Attributes are quoted with ".');
  }
  if (bare[2] === '=') throw new Error(`The value of ${bare[1]} has no quotes.`);
  return [{ at: 'tag', element, attribute: '' }, rest.slice(bare[0].length)];
}
