import { getRawAsset } from 'node:sea';
import { zstdDecompressSync } from 'node:zlib';

/**
 * A file that was put into this packaged program compressed (`scripts/package/`). Only where `isSea()` of `node:sea`
 * says that this is one.
 */
export function packagedFile(name: string): Buffer<ArrayBuffer> {
  return zstdDecompressSync(new Uint8Array(getRawAsset(name)));
}
