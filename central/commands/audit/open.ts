import { termsState } from '../../../shared/journal/salted-terms.ts';
import { plainJson } from '../../../shared/plain-text.ts';
import type { ProgramContext } from '../../../shared/program.ts';
import { readAuditFile } from '../../audit/file.ts';
import { type Open, openWith } from '../../audit/seal.ts';
import { printOrWrite } from '../print-or-write.ts';

export interface OpenOptions {
  /** The auditor's private key. */
  readonly key: string;
  readonly out?: string;
}

/**
 * Tells of each entry of a file what was asked for, opened by the auditor's key: a line of JSON each, in which `opened`
 * says `sound`, or what it is otherwise: `none` asked for, `absent`, not to be opened by this `key`, or `changed`.
 * Throws `key-unreadable`, `document-unreadable`.
 */
export async function openShipped(
  file: string,
  options: OpenOptions,
  context: ProgramContext,
): Promise<void> {
  const open = await openWith(options.key);
  await printOrWrite(opened(file, open), { out: options.out }, context);
}

async function* opened(file: string, open: Open): AsyncGenerator<string> {
  for await (const line of readAuditFile(file)) {
    if (!('entry' in line)) continue;
    const { id, at, body, sealed, salt = null, terms = null } = line.entry;
    const content = sealed === undefined ? { salt, terms } : await open(sealed);
    const { terms: _digest, ...told } = partsOf(body);
    const state = content === null ? 'key' : termsState({ body, ...content });
    const asked: unknown = state === 'sound' ? JSON.parse(content?.terms ?? 'null') : null;
    yield `${plainJson({ id, at, ...told, opened: state, terms: asked })}\n`;
  }
}

/** Of what is no JSON nothing is told: the file may come from anywhere. */
function partsOf(body: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(body) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
