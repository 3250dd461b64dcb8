import { type PublicKey, publicKeyOf } from '../signing/keys.ts';
import { componentsOf, signerOf } from '../signing/signature-base.ts';
import { parseAnswerInfo, parseDigests, rowsMediaType } from './page-header.ts';
import { pageDigest, rowDigestBytes } from './row-digests.ts';
import { versionOfPath } from './version.ts';

/** A page as the base keeps it: the proof that came with it, and the digests of its rows. */
export interface KeptPage {
  /** Whose rows they are said to be. */
  readonly view: string;
  readonly signatureBase: string;
  readonly signature: Uint8Array;
  /** The agent's key, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** Of every row of the page, in its order, 8 bytes each; what `provenDigests` gave. */
  readonly digests: Uint8Array;
}

/** What the agent signed. */
export interface SignedPage {
  /** Thumbprint of the key (RFC 7638). Whose it is, what is kept does not show: hold it against the agent's own. */
  readonly keyid: string;
  readonly created: Date;
  /** What was asked for: a page, or the rows of some keys. */
  readonly resource: 'rows' | 'lookup';
  /** Path of the request, without its query. */
  readonly path: string;
  readonly rows: number;
  readonly fingerprint: string;
  readonly epoch: string;
}

/**
 * Why a page is not shown to be the agent's:
 * - `key`: the key is none, or another than the one that the signature names;
 * - `signature`: it does not hold;
 * - `answer`: what was signed is no answer that brings rows of this view, or it does not say which (version 1);
 * - `digests`: the rows were others.
 */
export type PageFlaw = 'key' | 'signature' | 'answer' | 'digests';

/**
 * Verifies, from what the base keeps and nothing else, that the owner of a key gave a page of these very rows: a row is
 * shown to be among them by its digest (D1). Never throws.
 */
export function verifyPage(page: KeptPage): SignedPage | { readonly flaw: PageFlaw } {
  const signer = signerOf(page.signatureBase);
  const key = keyOf(page.publicKey);
  if (key === null || key.thumbprint !== signer?.keyid) return { flaw: 'key' };
  if (!key.verify(Buffer.from(page.signatureBase), page.signature)) return { flaw: 'signature' };
  const components = componentsOf(page.signatureBase);
  const asked = questionOf(components, page.view);
  const info = infoOf(components.get('"guarita-page"'));
  if (asked === null || info === null) return { flaw: 'answer' };
  const { rows, fingerprint, epoch } = info;
  const whole = page.digests.length === rows * rowDigestBytes;
  if (!whole || !pageDigest(page.digests).equals(info.digests)) return { flaw: 'digests' };
  return { ...signer, ...asked, rows, fingerprint, epoch };
}

function keyOf(bytes: Uint8Array): PublicKey | null {
  try {
    return publicKeyOf(bytes);
  } catch {
    return null;
  }
}

const methods = { rows: 'GET', lookup: 'POST' } as const;

/** What of a view was asked for and given, in any version that signs digests; null for anything else. */
function questionOf(
  components: ReadonlyMap<string, string>,
  view: string,
): Pick<SignedPage, 'resource' | 'path'> | null {
  const target = components.get('"@target-uri";req') ?? '';
  if (components.get('"@status"') !== '200' || components.get('"content-type"') !== rowsMediaType)
    return null;
  if (!URL.canParse(target)) return null;
  const path = new URL(target).pathname;
  const version = versionOfPath(path);
  for (const resource of ['rows', 'lookup'] as const) {
    const isIt = path === `/v${version}/views/${encodeURIComponent(view)}/${resource}`;
    if (isIt && components.get('"@method";req') === methods[resource]) return { resource, path };
  }
  return null;
}

function infoOf(header: string | undefined) {
  try {
    return { ...parseAnswerInfo(header), digests: parseDigests(header) };
  } catch {
    return null;
  }
}
