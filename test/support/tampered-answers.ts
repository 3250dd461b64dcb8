import type { Test } from 'tap';
import { AgentSource, type AgentSourceOptions } from '../../central/sources/agent.ts';
import type { GuaritaError } from '../../shared/errors.ts';
import type { ProblemCode } from '../../shared/problems/catalogue.ts';
import { type TestAgent, testAgent } from './agent.ts';
import { type Line, type Passing, tamperedLine } from './line.ts';
import { peopleSource } from './sqlite-views.ts';

export const view = 'custodiado';
export const wholeView = { after: null, until: null };

export interface Central {
  readonly source: AgentSource;
  /** Views of the receipts that were handed on. */
  readonly receipts: string[];
}

export function central(
  t: Test,
  agent: Pick<TestAgent, 'key' | 'centralKey' | 'grant'>,
  url: string,
  changes: Partial<AgentSourceOptions> = {},
): Central {
  const receipts: string[] = [];
  const source = new AgentSource({
    url,
    key: agent.centralKey,
    agentKeys: [agent.key],
    grant: agent.grant,
    timeoutSeconds: 20,
    maxBytes: 1024 * 1024,
    onReceipt: (view) => receipts.push(view ?? '–'),
    ...changes,
  });
  t.teardown(() => source.close());
  return { source, receipts };
}

/** What cannot be laid at the agent's door leaves no receipt. */
export async function refused(
  t: Test,
  { source, receipts }: Central,
  code: ProblemCode,
  what = '',
): Promise<void> {
  await t.rejects(source.page(view, wholeView), { code } satisfies Partial<GuaritaError>, `${what} ${code}`);
  t.same(receipts, [], 'no receipt');
}

/** C5: what the agent signed is kept, of use or not. */
export async function refusedAsGiven(
  t: Test,
  { source, receipts }: Central,
  code: ProblemCode,
): Promise<void> {
  await t.rejects(source.page(view, wholeView), { code } satisfies Partial<GuaritaError>, code);
  t.same(receipts, [view], 'its receipt');
}

export async function overTamperedLine(t: Test): Promise<{ agent: TestAgent; line: Line }> {
  const agent = await testAgent(t, { source: peopleSource(t, 200), views: [view] });
  return { agent, line: await tamperedLine(t, agent) };
}

export function flip(body: Buffer, at: number): Buffer {
  const flipped = Buffer.from(body);
  flipped[at] = (flipped[at] ?? 0) ^ 1;
  return flipped;
}

export function withHeader(answer: Passing, name: string, change: (value: string) => string): Passing {
  return { ...answer, headers: { ...answer.headers, [name]: change(answer.headers[name] ?? '') } };
}

export function without(answer: Passing, ...names: string[]): Passing {
  const headers = Object.entries(answer.headers).filter(([name]) => !names.includes(name));
  return { ...answer, headers: Object.fromEntries(headers) };
}
