/** A line of what Prometheus reads: a value, by name and labels. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Reads the text format of Prometheus, version 0.0.4; throws on a line that is none of it. */
export function parseExposition(text: string): { samples: Sample[]; types: Map<string, string> } {
  const types = new Map<string, string>();
  const samples: Sample[] = [];
  for (const line of text.split('\n')) {
    const type = /^# TYPE (\S+) (counter|gauge|histogram|summary)$/.exec(line);
    if (type !== null) types.set(type[1] ?? '', type[2] ?? '');
    if (line === '' || line.startsWith('# ')) continue;
    const sample = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line);
    if (sample === null) throw new Error(`not a sample: ${line}`);
    const [, name = '', inner = '', value = ''] = sample;
    const labels = [...inner.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)];
    samples.push({
      name,
      labels: Object.fromEntries(labels.map(([, label = '', text = '']) => [label, text])),
      value: Number(value),
    });
  }
  return { samples, types };
}

/** What a monitor is told at an address, of Guarita's own metrics. */
export async function scrape(url: string) {
  const response = await fetch(url);
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${response.status}: ${text}`);
  const { samples, types } = parseExposition(text);
  const find = (name: string, labels: Sample['labels'] = {}) =>
    samples.filter(
      (sample) =>
        sample.name === name &&
        Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
    );
  return {
    text,
    samples,
    types,
    find,
    /** The sum over every sample of a name and some labels; undefined when there is none. */
    value: (name: string, labels: Sample['labels'] = {}): number | undefined => {
      const found = find(name, labels);
      return found.length === 0 ? undefined : found.reduce((sum, { value }) => sum + value, 0);
    },
  };
}

/** What does not follow the naming of Prometheus: base units, `_total` for counters alone, snake case. */
export function badNames(types: ReadonlyMap<string, string>, prefix: string): string[] {
  const own = [...types].filter(([name]) => name.startsWith(prefix));
  return own
    .filter(
      ([name, type]) =>
        !/^[a-z][a-z0-9_]*$/.test(name) ||
        (type === 'counter') !== name.endsWith('_total') ||
        /_(ms|milliseconds|minutes|days|kb|count)(_|$)/.test(name),
    )
    .map(([name]) => name);
}
