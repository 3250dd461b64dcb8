import { hash } from 'node:crypto';
import type { JournalEntry } from './entry.ts';

/**
 * An entry beside which there is what was asked for. What is hashed of the entry has a digest of it alone (`terms` of its
 * body), so that the entry can be handed on, and the terms be blanked, without it.
 */
export interface SaltedEntry extends JournalEntry {
  readonly salt: string | null;
  readonly terms: string | null;
}

/** Stands in an entry for what was asked for: SHA-256, base64url. @param salt so that what is short cannot be guessed */
export function termsDigest(salt: string, terms: string): string {
  return hash('sha256', JSON.stringify([salt, terms]), 'base64url');
}

/** What is to be seen of an entry's terms: none were written down; they are those; they are not here; they are others. */
export function termsState({
  body,
  salt,
  terms,
}: Pick<SaltedEntry, 'body' | 'salt' | 'terms'>): 'none' | 'sound' | 'absent' | 'changed' {
  const digest = digestIn(body);
  if (salt === null && terms === null) return digest === null ? 'none' : 'absent';
  if (salt === null || terms === null || digest === null) return 'changed';
  return termsDigest(salt, terms) === digest ? 'sound' : 'changed';
}

function digestIn(body: string): string | null {
  try {
    const { terms } = JSON.parse(body) as { readonly terms?: unknown };
    return typeof terms === 'string' ? terms : null;
  } catch {
    return null;
  }
}
