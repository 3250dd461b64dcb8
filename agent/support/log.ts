/** A line of `journalctl --output short-iso`: when, on which machine, and by whom, then what was said. */
const whole = /^(\S+ \S+ ([^\s[:]+)[^:]*: )(.*)$/;

/** What the program says in words of its own (`explain`), and where in it an error arose: neither quotes data. */
const known = [/^✗ /, /^ {2}\S/, /^ {4}at \S/, /^Node\.js v/];

/** Its path names the row that it is of. */
const pathOfPhoto = /("path":"\/v\d+\/photos\/[^/"]*\/)[^"]*/g;

/**
 * The lines of a log that are in a form which holds no data: the agent's own records, its catalogued errors, what systemd
 * says. Of any other, such as the message with which a library ended the program, only the name of the error stays.
 */
export function toldLines(text: string): string[] {
  return text.trimEnd().split('\n').map(toldLine);
}

function toldLine(line: string): string {
  const [, head = '', by = '', said = ''] = whole.exec(line) ?? [];
  if (isRecord(said)) return head + said.replace(pathOfPhoto, '$1…');
  if (by.startsWith('systemd') || known.some((form) => form.test(said))) return line;
  return `${head}${/^(?:Uncaught )?(\w*Error): /.exec(said)?.[0] ?? ''}…`;
}

/** A record of the logger, which leaves out what may not be seen (`shared/log.ts`). */
function isRecord(said: string): boolean {
  try {
    return typeof (JSON.parse(said) as { level?: unknown } | null)?.level === 'number';
  } catch {
    return false;
  }
}
