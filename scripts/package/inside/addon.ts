import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { getRawAsset } from 'node:sea';

const prefix = 'guarita-addon-';

/**
 * A native addon, which the system loads from a file only: written into a new folder that is this user's alone, under a
 * name that nobody could know before, and deleted as soon as it is loaded. Hardened servers do not let code in /tmp
 * run, so other folders are tried as well.
 */
export function loadAddon(name: string): unknown {
  const bytes = new Uint8Array(getRawAsset(name));
  const failures: string[] = [];
  for (const parent of folders()) {
    try {
      return loadFrom(parent, name, bytes);
    } catch (error) {
      failures.push(`${parent}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  // Said here, since whoever opens a file of SQLite takes any failure for one of that file.
  process.stderr.write(
    `✗ O programa não pôde carregar a sua biblioteca ${name}.\n  ${failures.join('\n  ')}\n` +
      '  → Indique na variável TMPDIR (no Windows, TEMP) uma pasta onde este usuário possa gravar e executar.\n',
  );
  throw new Error(`no folder to load ${name} from`);
}

/** The system's folder for such files, that of the service when systemd started it, that of the program. */
function folders(): string[] {
  const { STATE_DIRECTORY = '' } = process.env;
  return [tmpdir(), ...STATE_DIRECTORY.split(':').slice(0, 1), dirname(process.execPath)].filter(Boolean);
}

function loadFrom(parent: string, name: string, bytes: Uint8Array): unknown {
  const folder = mkdtempSync(join(parent, prefix));
  try {
    const file = join(folder, name);
    writeFileSync(file, bytes, { mode: 0o600, flag: 'wx' });
    const module = { exports: {} };
    process.dlopen(module, file);
    return module.exports;
  } finally {
    discard(folder);
  }
}

/** Windows keeps a library as long as somebody has it loaded: there, what others have left behind is deleted. */
function discard(folder: string): void {
  if (process.platform !== 'win32') return rmSync(folder, { recursive: true, force: true });
  const parent = dirname(folder);
  for (const entry of readdirSync(parent)) {
    if (entry.startsWith(prefix)) discardOld(join(parent, entry));
  }
}

/** One that is being written this moment may not be loaded yet. */
function discardOld(folder: string): void {
  try {
    if (Date.now() - statSync(folder).mtimeMs > 3_600_000) rmSync(folder, { recursive: true });
  } catch {
    // In use, or another user's.
  }
}
