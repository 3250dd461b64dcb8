import { hash } from 'node:crypto';

/** Where a file of the pages is asked for: another content has another address, so a browser keeps it for good. */
export function assetPath(name: string, content: Uint8Array): string {
  return `/recursos/${hash('sha256', content, 'hex').slice(0, 12)}/${name}`;
}
