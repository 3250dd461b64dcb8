import { randomUUID } from 'node:crypto';
import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import { enrolledEntries } from '../../../central/central.ts';
import { enrolledFile, writeRecord } from '../../../central/enrolment/enrolled-source.ts';
import { createInvitation } from '../../../central/enrolment/invite.ts';
import { AnswerWatch } from '../../../central/service/answer-watch.ts';
import { noCounts } from '../../../central/state/runs.ts';
import { agreementTerm } from '../../../shared/act.ts';
import { dayAfter, dayOf } from '../../../shared/day.ts';
import { createLogger } from '../../../shared/log.ts';
import { type Identity, IdentityFiles } from '../../../shared/signing/identity.ts';
import { query } from '../../support/bases.ts';
import { grantToken } from '../../support/grants.ts';
import { HandClock } from '../../support/hand-clock.ts';
import { ShownScene } from '../../support/shown-scene.ts';

const log = createLogger('silent', 'test');
const day = 86_400_000;

/** How far a state has come, in days that have passed since. */
interface Enrolled {
  /** Since its agreement began, and since its agent was enrolled. */
  readonly began?: number;
  readonly enrolled?: number;
  readonly views?: readonly string[];
  /** Until when it is: days from now. */
  readonly ends?: number;
  /** The state has ended it, so long ago. */
  readonly ended?: number | null;
  /** It was taken off, so long ago. */
  readonly left?: number | null;
}

/** Central with states, which shows in a base how they are; at an hour that the test sets. */
export class States extends ShownScene {
  readonly #shownIn: Base;
  #identity: Identity | null = null;

  constructor(t: Test, base: Base, clock = new HandClock()) {
    super(t, base, clock, () => enrolledEntries(this.folder));
    this.#shownIn = base;
  }

  get now(): Date {
    return new Date(this.clock.now());
  }

  sources() {
    return enrolledEntries(this.folder);
  }

  #ago(days: number): Date {
    return new Date(this.clock.now() - days * day);
  }

  /** An agreement that began so many days ago, of which there is no agent yet. */
  async invites(uf: string, began: number): Promise<void> {
    this.#identity ??= await new IdentityFiles(`${this.folder}/convites.jwk`, 'central').current();
    const term = agreementTerm(dayAfter(dayOf(this.now), -began), 60);
    const asked = { uf, act: `7/${uf}`, term, views: ['custodiado'], from: [] };
    createInvitation(this.folder, this.#identity, asked, this.#ago(began));
  }

  enrols(uf: string, given: Enrolled = {}): void {
    const {
      began = 100,
      enrolled = 90,
      views = ['custodiado', 'unidade'],
      ends = 1000,
      ended = null,
      left = null,
    } = given;
    const seconds = (date: Date) => Math.floor(date.getTime() / 1000);
    writeRecord(enrolledFile(this.folder, uf), {
      ...{ uf, url: 'https://127.0.0.1:1', agent: uf, enrolled: this.#ago(enrolled).toISOString() },
      ...{ schedule: null, certificates: [{ pem: '-', until: null }], centralKey: '-' },
      grant: grantToken({
        act: `1/${uf}`,
        nbf: seconds(this.#ago(began)),
        exp: seconds(this.#ago(-ends)),
        views,
      }),
      ended:
        ended === null
          ? null
          : { at: this.#ago(ended).toISOString(), problem: left === null ? 'act-revoked' : 'source-left' },
      ...(left === null
        ? {}
        : { left: [{ at: this.#ago(left).toISOString(), by: 'x', reason: 'denúncia do ACT' }] }),
    });
  }

  /** A run that read views to their end so long ago, the first time or once more. */
  async collects(
    uf: string,
    { ago = 0.25, views = ['custodiado', 'unidade'], rows = 1200, quarantined = 0 }: Collected = {},
  ): Promise<void> {
    const { runs, views: states } = this.state;
    const run = runs.begin(uf);
    const counts = { ...noCounts, rows, new: rows, quarantined };
    const instant = this.#ago(ago).toISOString();
    for (const view of views) {
      runs.saveView(run, { view, kind: 'collect', outcome: 'complete', problem: null, ...counts });
      states.save(uf, view, {
        mode: 'watermark',
        rows,
        quarantined,
        collected: instant,
        reconciled: instant,
      });
    }
    await query(
      this.#shownIn,
      `INSERT INTO guarita.view (source, view, key, columns, fingerprint, epoch, first_described)
       SELECT $1, view, '{id}', '[]', 'x', 'x', $3 FROM unnest($2::text[]) view ON CONFLICT DO NOTHING`,
      [uf, views, instant],
    );
    runs.end(run, 'complete', null);
  }

  /** The state was treated on a day. */
  async treats(uf: string, { ago = 0, open = 12 } = {}): Promise<void> {
    const on = dayOf(this.#ago(ago));
    await query(
      this.#shownIn,
      `INSERT INTO nacional.qualidade (dia, fonte, visao, linhas, com_achados, nota, peso)
       VALUES ($1, $2, 'custodiado', 1000, 100, 95, 50)`,
      [on, uf],
    );
    await query(
      this.#shownIn,
      `INSERT INTO nacional.achado_resumo (dia, fonte, visao, regra, abertos) VALUES ($1, $2, 'custodiado', 'P01', $3)`,
      [on, uf, open],
    );
  }

  /** So many rows of a view are gone, which nobody believes without asking. */
  loses(uf: string, rows = 150): string {
    const doubt = {
      source: uf,
      view: 'custodiado',
      code: 'view-shrank',
      detail: '',
      subject: `${rows}`,
    } as const;
    this.state.attentions.open(1, doubt);
    const found = this.state.attentions.all().find(({ source }) => source === uf);
    if (found === undefined) throw new Error('There is none.');
    return found.ref;
  }

  /** Central looks once for what people have decided, and shows what became of it. */
  async looks(): Promise<void> {
    const { state, clock, base } = this;
    const watch = new AnswerWatch({
      ...{ base, state, clock, log, isKnown: () => true, onChange: () => this.publisher.changed() },
      runner: { owe: () => undefined },
    });
    watch.start();
    await watch.settled();
    await watch.stop();
    await this.shows();
  }
}

interface Collected {
  readonly ago?: number;
  readonly views?: readonly string[];
  readonly rows?: number;
  readonly quarantined?: number;
}

/** Everything that the base shows of states is gone: a test begins. */
export async function forgetStates(base: Base): Promise<void> {
  const tables = ['guarita.view', 'nacional.qualidade', 'nacional.achado_resumo'];
  for (const table of tables) await query(base, `DELETE FROM ${table}`);
}

export const anyRef = () => randomUUID().slice(0, 6);

/** One state of each kind, for pages to be looked at. */
export async function someStates(t: Test, base: Base, clock?: HandClock): Promise<States> {
  const s = new States(t, base, clock);
  s.enrols('AL');
  await s.collects('AL', { ago: 80 });
  await s.collects('AL');
  await s.treats('AL', { ago: 75 });
  s.enrols('BA', { began: 30, enrolled: 25, views: ['custodiado', 'unidade', 'custodia'] });
  s.enrols('PE');
  await s.collects('PE', { ago: 50 });
  await s.collects('PE', { quarantined: 3 });
  await s.treats('PE', { open: 4321 });
  s.loses('PE');
  s.enrols('RO', { began: 600, ended: 3 });
  await s.collects('RO', { ago: 4 });
  s.enrols('BR');
  await s.collects('BR', { ago: 12 });
  await s.invites('SE', 5);
  await s.invites('PA', 41);
  return s;
}

/** The same, to be photographed: a doubt has a reference that is known before. */
export async function statesToLookAt(t: Test, base: Base): Promise<void> {
  const s = await someStates(t, base);
  await s.shows();
  await query(base, `UPDATE guarita.attention SET ref = '3f9a1c' WHERE source = 'PE'`);
  t.teardown(() => s.clock.forget());
}
