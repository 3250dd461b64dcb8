/** What says most first: most browsers say of themselves that they are others, too. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|Chromium|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/\bWindows\b/, 'Windows'],
  [/\bAndroid\b/, 'Android'],
  [/\b(?:iPhone|iPad)\b/, 'iOS'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

/** A browser as people know it: "Firefox, Windows". @param agent as it says of itself */
export function browserName(agent: string): string {
  const [browser, system] = [browsers, systems].map((known) => known.find(([is]) => is.test(agent))?.[1]);
  return [browser, system].filter((name) => name !== undefined).join(', ') || 'Navegador desconhecido';
}
