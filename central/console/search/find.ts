import type { Questions } from '../../base/base.ts';
import type { WordField } from '../../base/national-layer/search-keys.ts';
import { type SearchSight, searchSightOf } from '../../base/sight/search-sight.ts';
import type { Sight } from '../../base/sight/sight.ts';
import { tellingOpen } from '../../base/sight/telling-open.ts';
import type { Asked } from './asked.ts';
import { Conditions, type UnitKey } from './conditions.ts';
import { keysOf, type LikeWord, type Reach, wordsLike } from './expand.ts';
import { type SearchLimits, searchLimits } from './limits.ts';
import { type Candidate, inOrder, type Likely, type RankedPerson } from './rank.ts';

/** What was tried, in this order. */
export type Tried = 'as-written' | 'like' | 'without-a-word';

export interface Found {
  /** All of them, the likest first. */
  readonly people: readonly RankedPerson[];
  readonly tried: readonly Tried[];
  /** Of how it was tried last there are more than are put in order: who looks has to say more. */
  readonly tooMany: boolean;
}

/**
 * Finds people by what is asked for, among what a body sees. First as it is written or sounds; where nobody is, or it is
 * asked for, with letters that are wrong; where few are, without one of the words. Pure but for the questions: the same
 * for a base without what the body does not see.
 */
export async function findPeople(
  questions: Questions,
  sight: Sight,
  asked: Asked,
  units: readonly UnitKey[] | null,
  limits: SearchLimits = searchLimits,
): Promise<Found> {
  const search = new Search(questions, sight, asked, units, limits);
  const written = await search.all('sound');
  if (written === null) return { people: [], tried: ['as-written'], tooMany: true };
  const narrow = inOrder(written, asked, search.likely('sound'));
  const hasNames = asked.words.length + asked.mother.length > 0;
  if (!hasNames || (narrow.length > 0 && !asked.wide)) {
    return { people: narrow, tried: ['as-written'], tooMany: false };
  }
  const { registers, tooMany } = await search.like();
  const all = new Map([...written, ...registers].map((one) => [one.id, one]));
  const like = inOrder([...all.values()], asked, search.likely('near'));
  if (like.length >= limits.few || !search.canLack) {
    return { people: like, tried: ['as-written', 'like'], tooMany: tooMany && like.length === 0 };
  }
  const lacking = await search.lacking();
  for (const one of lacking.registers) if (!all.has(one.id)) all.set(one.id, one);
  const people = inOrder([...all.values()], asked, search.likely('near'));
  return {
    people,
    tried: ['as-written', 'like', 'without-a-word'],
    tooMany: people.length === 0 && (tooMany || lacking.tooMany),
  };
}

interface Some {
  readonly registers: readonly Candidate[];
  /** Some way of looking came to too many, and is left out. */
  readonly tooMany: boolean;
}

/** One search under way: its words are asked for once. */
class Search {
  readonly #questions: Questions;
  readonly #sight: Sight;
  readonly #seen: SearchSight;
  readonly #asked: Asked;
  readonly #units: readonly UnitKey[] | null;
  readonly #limits: SearchLimits;
  readonly #like = new Map<Reach, ReadonlyMap<string, readonly LikeWord[]>>();

  constructor(
    questions: Questions,
    sight: Sight,
    asked: Asked,
    units: readonly UnitKey[] | null,
    limits: SearchLimits,
  ) {
    this.#questions = questions;
    this.#sight = sight;
    this.#seen = searchSightOf(sight);
    this.#asked = asked;
    this.#units = units;
    this.#limits = limits;
  }

  /** A word may be left out where two others are left, or one with something else. */
  get canLack(): boolean {
    const { words, mother, births, documents, state, unit } = this.#asked;
    const others = mother.length + births.length + documents.length + unit.length + (state === null ? 0 : 1);
    return words.length > (others > 0 ? 1 : 2);
  }

  /** Null where there are too many. */
  async all(reach: Reach): Promise<readonly Candidate[] | null> {
    return this.#registers(
      this.#asked.words.map((word) => [word, reach]),
      reach,
    );
  }

  /** With wrong letters in all words; where that is too many, in one of them, whichever. */
  async like(): Promise<Some> {
    const all = await this.all('near');
    if (all !== null) return { registers: all, tooMany: false };
    return this.#each((left, at) => left.map((word, place) => [word, place === at ? 'near' : 'sound']));
  }

  /** Those who lack one of the words, whichever. */
  lacking(): Promise<Some> {
    return this.#each((words, at) => words.filter((_, place) => place !== at).map((word) => [word, 'sound']));
  }

  likely(reach: Reach): Likely {
    const fields = { words: this.#seen.names, mother: this.#seen.mothers };
    return { fields, like: this.#like.get(reach) ?? new Map() };
  }

  async #each(
    wordsWithout: (words: readonly string[], at: number) => readonly (readonly [string, Reach])[],
  ): Promise<Some> {
    const registers: Candidate[] = [];
    let tooMany = false;
    for (const at of this.#asked.words.keys()) {
      const some = await this.#registers(wordsWithout(this.#asked.words, at), 'sound');
      if (some === null) tooMany = true;
      else registers.push(...some);
    }
    return { registers, tooMany };
  }

  async #registers(
    words: readonly (readonly [word: string, reach: Reach])[],
    mother: Reach,
  ): Promise<readonly Candidate[] | null> {
    const conditions = new Conditions();
    for (const [word, reach] of words) conditions.found(await this.#keys(word, reach, this.#seen.names));
    for (const word of this.#asked.mother) {
      conditions.found(await this.#keys(word, mother, this.#seen.mothers));
    }
    conditions.add(this.#asked, this.#sight, this.#units, await this.#telling());
    if (conditions.isNobody) return [];
    const found = await this.#questions.query<Candidate>(
      `SELECT r.natal_id::text AS id, r.pessoa_id::text AS person, r.removido IS NOT NULL AS removed,
              array_to_string(r.chaves, ',') AS keys
         FROM ${this.#seen.registers} AS r WHERE ${conditions.sql} LIMIT ${this.#limits.registers + 1}`,
      conditions.parameters,
    );
    return found.length > this.#limits.registers ? null : found;
  }

  async #keys(word: string, reach: Reach, fields: readonly WordField[]): Promise<number[]> {
    let like = this.#like.get(reach);
    if (like === undefined) {
      const { words, mother } = this.#asked;
      like = await wordsLike(this.#questions, [...new Set([...words, ...mother])], reach, {
        most: this.#limits.like,
        isSeen: (ids) => this.#haveSome(ids),
      });
      this.#like.set(reach, like);
    }
    return keysOf(like.get(word) ?? [], fields);
  }

  /** Asked for where it matters. */
  async #telling(): Promise<readonly string[]> {
    return this.#asked.inCustody === null ? [] : tellingOpen(this.#questions, this.#sight);
  }

  /** Of words, those that somebody has who is seen. */
  async #haveSome(ids: readonly number[]): Promise<ReadonlySet<number>> {
    const fields = [...this.#seen.names, ...this.#seen.mothers];
    const rows = await this.#questions.query<{ id: number }>(
      `SELECT w.id FROM unnest($1::int[], $2::text[]) AS w (id, keys)
        WHERE EXISTS (SELECT FROM ${this.#seen.registers} AS r WHERE r.chaves && w.keys::int[])`,
      [ids, ids.map((id) => `{${keysOf([{ id, text: '', likeness: 'same' }], fields).join()}}`)],
    );
    return new Set(rows.map(({ id }) => id));
  }
}
