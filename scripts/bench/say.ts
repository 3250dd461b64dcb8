/** Prints figures of a part on one line. */
export function say(title: string, figures: Readonly<Record<string, number>>): void {
  const parts = Object.entries(figures).map(([name, value]) => {
    const digits = value < 10 ? 2 : 0;
    return `${name} ${value.toLocaleString('en', { maximumFractionDigits: digits })}`;
  });
  process.stdout.write(`${title}: ${parts.join(', ')}\n`);
}
