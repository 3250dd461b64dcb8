import { readFileSync } from 'node:fs';
import type { Client } from 'pg';
import type { Base } from '../../../central/base/base.ts';
import { sightOf } from '../../../central/base/sight/sight.ts';
import { readSearch } from '../../../central/console/search/asked.ts';
import { filledIn, type SearchQuery } from '../../../central/console/search/fields.ts';
import { searchPage } from '../../../central/console/search/page.ts';
import { searched } from '../../../central/console/search/search.ts';
import type { Person } from '../../linkage/people.ts';
import { allOfNation } from './grant.ts';
import { withMore } from './questions.ts';

/** What finding somebody took. */
export interface Sought {
  /** Of the server's processes for this base and of this one, together; with the clock beside it. */
  readonly cpuMs: number;
  readonly wallMs: number;
  /** Among the first fifty. */
  readonly found: boolean;
  /** How often what was asked for was asked for anew, with more or more widely. */
  readonly again: number;
  /** There were too many, and a birth was asked for. */
  readonly askedForMore: boolean;
}

const [first, today] = [50, '2026-11-01'];
const longest = 2;

/**
 * Looks for somebody as a person would: what they know, and the page that comes. Where that says that there are too many,
 * or shows more than fifty, with the year of birth; where it shows others, with names that are like it.
 */
export async function seek(
  base: Base,
  meter: Pick<CpuMeter, 'now'>,
  query: SearchQuery,
  person: Person,
  isThem: (register: string) => boolean,
): Promise<Sought> {
  const [began, cpu] = [performance.now(), meter.now()];
  let asks = query;
  let [found, askedForMore, again] = [false, false, 0];
  for (; ; again++) {
    const { asked, faults } = readSearch(asks, today);
    if (Object.keys(faults).length > 0) throw new Error('a question that is none');
    const result = await searched(base, allOfNation, asked, '');
    const filled = filledIn(asks);
    searchPage({ path: '/caso/1', filled, faults, asked, sight: sightOf(allOfNation), result }).toString();
    const { people, tooMany } = result.found;
    found = people.slice(0, first).some(({ register }) => isThem(register));
    if (found || again === longest) break;
    const more = tooMany || people.length > first ? withMore(asks, person) : asks;
    askedForMore ||= more !== asks;
    const next: SearchQuery =
      more !== asks || asks.parecidos === 'sim' ? more : { ...asks, parecidos: 'sim' };
    if (next === asks) break;
    asks = next;
  }
  return { cpuMs: meter.now() - cpu, wallMs: performance.now() - began, found, again, askedForMore };
}

/** Processor time of this process and of the server's for one base, in milliseconds, as the kernel counts it (Linux). */
export class CpuMeter {
  readonly #pids: readonly number[];

  private constructor(pids: readonly number[]) {
    this.#pids = pids;
  }

  /** Of the processes that are there now. */
  static async of(client: Client): Promise<CpuMeter> {
    const { rows } = await client.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    return new CpuMeter(rows.map(({ pid }) => pid));
  }

  now(): number {
    const { user, system } = process.cpuUsage();
    const server = this.#pids.reduce((sum, pid) => sum + onCpu(pid), 0);
    return (user + system) / 1000 + server;
  }
}

function onCpu(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return 0;
  }
}
