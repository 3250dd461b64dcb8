/** Words that are English and nothing in Portuguese; names of columns, options and files aside, which are as they are. */
const english =
  /(?<![\p{L}\d_.-])(?:the|is|are|was|were|not|of|and|with|its|it|this|that|than|has|have|been|lines?|file|should|must|unknown|invalid|expected|missing|key|answers?|rows?|view|request|two|many|another|by|from|columns?|operation|while|needs|there|which|what|says?|cannot|type|bytes of|command|options?|usage|error|failed)(?![\p{L}\d_-]|\.\p{L})/giu;

/** Statements of SQL that a person is given to run. */
const statements = /\b(?:ALTER|CREATE|DROP|GRANT|REVOKE|SELECT)\s[^;]*;/g;

/** What of a text that a person reads is English. */
export function englishIn(text: string): string[] {
  // What stands in quotation marks is as people type it, or as the system has it.
  const said = text.replaceAll(/"[^"]*"|\([^()]*\bguarita-[^()]*\)/g, '').replaceAll(statements, '');
  return [...new Set(said.match(english) ?? [])];
}

/** Commands, options and types of databases are named in English. */
export const named = new Set(['key', 'type', 'with']);

/** Commands whose output is for a program: statements of SQL, JSON, a table, options with their names. */
const forPrograms = new Set(['sql', '--database', 'sample', 'openapi', 'export', '--json']);

/** Holds what a command printed to being Portuguese: each test that runs one is a test of its words, too. */
export function requirePortuguese(args: readonly string[], printed: readonly string[]): void {
  if (args.some((arg) => forPrograms.has(arg))) return;
  const found = printed.flatMap(englishIn).filter((word) => !named.has(word));
  if (found.length > 0)
    throw new Error(`"${args.join(' ')}" prints English: ${[...new Set(found)].join(', ')}.`);
}
