import type { Role } from '../../../shared/dictionary/roles.ts';
import { encodeField } from '../../../shared/sources/reading/lines.ts';
import type { Base, Questions, Transaction, TransactionOptions } from '../base.ts';
import { holdLock } from '../locks.ts';
import { inScope, type Scope } from './queue.ts';
import { readWordKey, wordFields } from './search-keys.ts';

/** A register by all that it is found by. */
export interface RegisterToFind {
  /** Its `natal_id`. */
  readonly id: string;
  readonly source: string;
  readonly role: Role;
  readonly nome: string | null;
  readonly nome_social: string | null;
  readonly alcunhas: readonly string[];
  /** What the view of other names has. */
  readonly others: readonly string[];
  readonly nome_mae: string | null;
  /** `1980-01-31` */
  readonly birth: string | null;
  readonly cpf: string | null;
  readonly rji: string | null;
  readonly rg: string | null;
  readonly infopen: string | null;
  readonly registro_estadual: string | null;
  /** `AL 1234` */
  readonly oab: string | null;
}

/** Registers of a scope of one source. */
export function registersToFind(questions: Questions, scope: Scope): Promise<RegisterToFind[]> {
  const parameters: unknown[] = [scope.under];
  return questions.query(
    `SELECT r.natal_id::text AS id, r.fonte AS source, r.papel AS role, r.nome, r.nome_social,
            coalesce(r.alcunhas, '{}') AS alcunhas, CASE WHEN r.papel = 'custodiado' THEN ARRAY(
              SELECT o.nome FROM nacional.outro_nome o WHERE o.fonte = r.fonte AND o.custodiado_id = r.id
                 AND o.removido IS NULL AND o.nome IS NOT NULL ORDER BY o.id) ELSE '{}' END AS others,
            r.nome_mae, r.data_nascimento::text AS birth, r.cpf, r.rji, r.rg, r.infopen, r.registro_estadual,
            r.oab_uf || ' ' || r.oab_numero AS oab
       FROM nacional.registro r
      WHERE r.fonte = $1 AND ${inScope('r.natal_id', scope, parameters, 'uuid')}`,
    parameters,
  );
}

/** What registers are found by (`search-keys.ts`), by their `natal_id`, as it was made last. */
export async function storedSearchKeys(
  questions: Questions,
  registers: readonly string[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  const rows = await questions.query<{ id: string; keys: number[] }>(
    'SELECT registro::text AS id, chaves AS keys FROM nacional.busca WHERE registro = ANY ($1::uuid[])',
    [registers],
  );
  return new Map(rows.map(({ id, keys }) => [id, keys]));
}

/** How a word of names is found that is like another one. */
export interface WordForms {
  readonly sound: string;
  /** Hashes of 32 bits with a sign. */
  readonly near: readonly number[];
}

/**
 * The numbers of words, by their text; those that are not there yet are added. Whoever does so does it alone.
 * @param anew also those that are there are brought to what `read` says of them
 */
export async function numberWords(
  tx: Transaction,
  texts: ReadonlySet<string>,
  read: (text: string) => WordForms,
  anew: boolean,
): Promise<ReadonlyMap<string, number>> {
  await holdLock(tx, 'numbering');
  const known = await tx.query<{ text: string; id: number; sound?: string; near?: string }>(
    `SELECT texto AS text, id ${anew ? `, som AS sound, array_to_string(perto, ',') AS near` : ''}
       FROM nacional.palavra WHERE texto = ANY ($1::text[])`,
    [[...texts]],
  );
  const numbers = new Map(known.map(({ text, id }) => [text, id]));
  const other = known.filter(({ text, sound, near }) => {
    const now = anew ? read(text) : null;
    return now !== null && (now.sound !== sound || now.near.join() !== near);
  });
  if (other.length > 0) {
    await tx.query('DELETE FROM nacional.palavra WHERE id = ANY ($1::int[])', [other.map(({ id }) => id)]);
    await addWords(tx, new Map(other.map(({ text, id }) => [text, id])), read);
  }
  const unknown = [...texts].filter((text) => !numbers.has(text));
  if (unknown.length === 0) return numbers;
  const [last] = await tx.query<{ id: number }>('SELECT coalesce(max(id), 0) AS id FROM nacional.palavra');
  const added = new Map(unknown.map((text, at) => [text, (last?.id ?? 0) + at + 1]));
  await addWords(tx, added, read);
  return new Map([...numbers, ...added]);
}

async function addWords(
  tx: Transaction,
  words: ReadonlyMap<string, number>,
  read: (text: string) => WordForms,
): Promise<void> {
  const lines = Array.from(words, ([text, id]) => {
    const { sound, near } = read(text);
    return `${id}\t${encodeField(text)}\t${encodeField(sound)}\t{${near.join()}}\n`;
  });
  await tx.copyIn('nacional.palavra (id, texto, som, perto)', Buffer.from(lines.join('')));
}

/**
 * Writes what registers are found by over what was there, and takes away those of `gone`; words that nobody has any more
 * go with them: returns how many of these.
 * @param before what was there of all of them
 */
export async function writeSearchKeys(
  tx: Transaction,
  written: ReadonlyMap<string, readonly number[]>,
  gone: readonly string[],
  before: ReadonlyMap<string, readonly number[]>,
): Promise<number> {
  const old = [...written.keys(), ...gone].filter((id) => before.has(id));
  if (old.length > 0) await tx.query('DELETE FROM nacional.busca WHERE registro = ANY ($1::uuid[])', [old]);
  if (written.size > 0) {
    const lines = Array.from(written, ([id, keys]) => `${id}\t{${keys.join()}}\n`);
    await tx.copyIn('nacional.busca (registro, chaves)', Buffer.from(lines.join('')));
  }
  const left = new Set([...written.values()].flat());
  const lost = old.flatMap((id) => before.get(id) ?? []).filter((key) => !left.has(key));
  return forgetWords(tx, lost);
}

/** Of the words of these keys, those go that nobody has. */
async function forgetWords(tx: Transaction, keys: readonly number[]): Promise<number> {
  const words = [...new Set(keys.flatMap((key) => readWordKey(key)?.word ?? []))];
  if (words.length === 0) return 0;
  // Of a few words, each by the index: of a table that was never analysed the planner would read all for each.
  await tx.execute('SET LOCAL enable_seqscan = off');
  const gone = await tx.query(
    `DELETE FROM nacional.palavra w WHERE w.id = ANY ($1::int[])
        AND NOT EXISTS (SELECT FROM nacional.busca b WHERE b.chaves && ${keysOfWord}) RETURNING 1`,
    [words],
  );
  await tx.execute('SET LOCAL enable_seqscan = on');
  return gone.length;
}

/** All that a word `w` may be found by. */
const keysOfWord = `ARRAY[${wordFields.map((_, place) => `w.id * ${wordFields.length} + ${place}`).join(', ')}]`;

/** How many words this register has and no other one. */
export async function wordsOfItsOwn(questions: Questions, register: string): Promise<number> {
  const [found] = await questions.query<{ words: number }>(
    `SELECT count(*)::int AS words FROM nacional.palavra w
      WHERE w.id IN (SELECT k / ${wordFields.length} FROM nacional.busca o, unnest(o.chaves) k
                      WHERE o.registro = $1 AND k >= 0)
        AND NOT EXISTS (SELECT FROM nacional.busca b WHERE b.registro <> $1 AND b.chaves && ${keysOfWord})`,
    [register],
  );
  return found?.words ?? 0;
}

/**
 * Registers that go are not found any more. While nobody treats.
 * @param which a condition on `nacional.registro`, which still has them
 * @returns how many rows of which table went
 */
export async function removeFromSearch(tx: Transaction, which: string): Promise<Record<string, number>> {
  const rows = await tx.query<{ id: string }>(
    `SELECT natal_id::text AS id FROM nacional.registro WHERE ${which}`,
  );
  const ids = rows.map(({ id }) => id);
  const before = await storedSearchKeys(tx, ids);
  const words = await writeSearchKeys(tx, new Map(), [...before.keys()], before);
  return { 'nacional.busca': before.size, 'nacional.palavra': words };
}

/** What was added waits in lists that each search would read: it goes where it belongs. */
export async function settleSearch(base: Base, options: TransactionOptions): Promise<void> {
  await base.transaction(
    (tx) =>
      tx.execute(`SELECT gin_clean_pending_list('nacional.busca_chaves'::regclass),
                         gin_clean_pending_list('nacional.palavra_perto'::regclass)`),
    options,
  );
}
