import { type FileHandle, open } from 'node:fs/promises';
import { GuaritaError } from '../../../shared/errors.ts';
import { isOpenToOthers } from '../../../shared/private-file.ts';
import { type AuditHeader, type AuditLine, auditLine, lineFacts } from '../file.ts';
import { type Destination, type Position, positionAfter } from './destination.ts';

/** So much of a file's end is read to see where it has come to; a line is a few kilobytes. */
const tailBytes = 4 * 1024 * 1024;

/**
 * A file that is only ever added to, each time opened anew: moved away, it is begun again behind what it had. What was cut
 * off in it stays as it is, and the line is written again behind it. Its last line says how far it has come, whatever else
 * was remembered.
 * @param openFile for tests
 */
export class FileDestination implements Destination {
  readonly name = 'file';
  readonly #file: string;
  readonly #base: string;
  readonly #open: (file: string) => Promise<FileHandle>;
  #position: Position | null = null;

  constructor(file: string, base: string, openFile = openPrivately) {
    this.#file = file;
    this.#base = base;
    this.#open = openFile;
  }

  begin(known: Position): Promise<Position> {
    return this.#with(async (handle) => {
      const { size } = await handle.stat();
      const first = await textAt(handle, 0, Math.min(size, 4096));
      const { header } = lineFacts(first.split('\n').find((line) => lineFacts(line) !== null) ?? '') ?? {};
      if (header !== undefined && header.base !== this.#base) throw new Error('It is of another base.');
      const tail = await textAt(handle, Math.max(0, size - tailBytes), tailBytes);
      let { entry, head } = known;
      for (const line of tail.split('\n')) {
        const facts = lineFacts(line);
        entry = Math.max(entry, facts?.entry ?? 0);
        head = Math.max(head, facts?.head ?? 0);
      }
      this.#position = { entry, head };
      return this.#position;
    });
  }

  async ship(lines: readonly AuditLine[], header: () => Promise<AuditHeader>): Promise<Position> {
    const before = this.#position ?? { entry: 0, head: 0 };
    if (lines.length === 0) return before;
    await this.#with(async (handle) => {
      const { size } = await handle.stat();
      const start = await textAt(handle, 0, Math.min(size, 4096));
      const isCut = size > 0 && (await textAt(handle, size - 1, 1)) !== '\n';
      const isHeaded = start.includes('"guarita-audit"') && start.includes('\n');
      const text = [
        ...(isCut ? ['\n'] : []),
        ...(isHeaded ? [] : [auditLine(await header())]),
        ...lines.map((line) => auditLine(line)),
      ].join('');
      await handle.appendFile(text);
      await handle.sync();
    });
    this.#position = positionAfter(before, lines);
    return this.#position;
  }

  async close(): Promise<Position | null> {
    return Promise.resolve(this.#position);
  }

  async #with<T>(work: (handle: FileHandle) => Promise<T>): Promise<T> {
    try {
      const handle = await this.#open(this.#file);
      try {
        return await work(handle);
      } finally {
        await handle.close();
      }
    } catch (error) {
      throw new GuaritaError('audit-unshipped', `"${this.#file}".`, { cause: error });
    }
  }
}

/** To be read and to be added to. */
async function openPrivately(file: string): Promise<FileHandle> {
  const handle = await open(file, 'a+', 0o600);
  if (!isOpenToOthers(file)) return handle;
  await handle.close();
  throw new Error('Outros além do dono têm acesso a ele (chmod 600).');
}

async function textAt(handle: FileHandle, at: number, length: number): Promise<string> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at);
  return buffer.toString('utf8', 0, bytesRead);
}
