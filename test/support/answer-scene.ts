import { randomUUID } from 'node:crypto';
import type { Test } from 'tap';
import type { Base } from '../../central/base/base.ts';
import { type Answer, recordAnswers } from '../../central/base/decided-layer/answers.ts';
import { AnswerWatch, type AnswerWatchOptions } from '../../central/service/answer-watch.ts';
import type { Attention, Opened } from '../../central/state/attentions.ts';
import type { JobRequest } from '../../central/state/jobs.ts';
import { createLogger } from '../../shared/log.ts';
import { query } from './bases.ts';
import { ShownScene } from './shown-scene.ts';

const log = createLogger('silent', 'test');

export const loss: Opened = {
  ...{ source: 'AL', view: 'custodiado', code: 'view-shrank', detail: '', subject: '40' },
};

/** Somebody answers in the base, as a console does. Returns the answer's id. */
export async function answerInBase(
  base: Base,
  { source, view, code, subject, ref }: Pick<Attention, 'source' | 'view' | 'code' | 'subject' | 'ref'>,
  decision: Answer['decision'],
  changes: Partial<Answer> = {},
): Promise<string> {
  const id = randomUUID();
  const said = { who: 'bia', through: 'console', reason: null, at: '2026-01-01T03:00:00.000Z' };
  const answer = { id, source, view, code, subject, ref, decision, ...said, ...changes };
  await base.transaction((tx) => recordAnswers(tx, [answer]));
  return answer.id;
}

/** What became of answers, by their ids; undefined for those of which nothing is shown. */
export async function endsOf(base: Base, ...ids: string[]): Promise<(string | undefined)[]> {
  const rows = await query<{ id: string; outcome: string }>(base, 'SELECT id, outcome FROM guarita.answer');
  return ids.map((id) => rows.find((row) => row.id === id)?.outcome);
}

/** A service that carries out answers and shows what became of them; jobs are only counted. */
export class AnswerScene extends ShownScene {
  readonly owed: JobRequest[] = [];

  constructor(t: Test, base: Base) {
    super(t, base);
    t.teardown(() => this.publisher.close());
  }

  /** The one doubt that there is. */
  doubt(): Attention {
    const [doubt] = this.state.attentions.all();
    if (doubt === undefined) throw new Error('There is none.');
    return doubt;
  }

  /** Opens a doubt and shows it to whoever looks. */
  opens(changes: Partial<Opened> = {}): Attention {
    this.state.attentions.open(1, { ...loss, ...changes });
    return this.doubt();
  }

  watch(changes: Partial<AnswerWatchOptions> = {}): AnswerWatch {
    return new AnswerWatch({
      ...{ base: this.base, state: this.state, clock: this.clock, log },
      runner: { owe: (request) => void this.owed.push(request) },
      isKnown: (source) => source === 'AL',
      onChange: () => this.publisher.changed(),
      ...changes,
    });
  }

  /** One look at the base, whose end is shown. */
  async looks(changes: Partial<AnswerWatchOptions> = {}): Promise<void> {
    const watch = this.watch(changes);
    watch.start();
    await watch.settled();
    await watch.stop();
    await this.shows();
  }
}
