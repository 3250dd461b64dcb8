import type { CustomFetch } from 'openid-client';

/** More than any answer of Login Único has. */
const largest = 256 * 1024;

/** More was answered than is read. */
export class AnswerTooLarge extends Error {}

/**
 * Asks, and reads the whole answer, at most so much of it, while whoever asks still waits. Where it says that the answer
 * is elsewhere nobody goes.
 */
export const limitedFetch: CustomFetch = async (url, { body, headers, method, signal }) => {
  const answer = await fetch(url, {
    ...{ method, headers, redirect: 'manual' },
    ...(body !== undefined && body !== null && { body: body as RequestInit['body'] & {} }),
    ...(signal !== undefined && { signal }),
  });
  const parts: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop hangs up.
  for await (const part of answer.body ?? []) {
    size += part.length;
    if (size > largest) throw new AnswerTooLarge();
    parts.push(part);
  }
  const { status } = answer;
  return new Response(size === 0 ? null : Buffer.concat(parts), { status, headers: answer.headers });
};
