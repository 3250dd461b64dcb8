/** Rules of how a language sounds, in order: what is found is written as it is heard. */
export type SoundRules = readonly (readonly [found: RegExp, heard: string])[];

const doubled = /(.)\1+/gu;

/** Writes a word as it is heard, each letter once where it is doubled. */
export function soundBy(rules: SoundRules): (word: string) => string {
  return (word) => {
    let heard = word;
    for (const [found, as] of rules) heard = heard.replace(found, as);
    heard = heard.replace(doubled, '$1');
    return heard === '' ? word : heard;
  };
}

/** Reads `ZE JOSE, BETO ROBERTO GILBERTO`. */
export function nicknameTable(text: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    text.split(',').map((entry) => {
      const [nickname = '', ...names] = entry.trim().split(/\s+/);
      return [nickname, names];
    }),
  );
}
