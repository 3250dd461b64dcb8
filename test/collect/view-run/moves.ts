import type * as fc from 'fast-check';
import type { Trouble } from '../../../central/collect/view/view-run.ts';
import { begin, fetchFailed, loaded, loadFailed, stop, waited } from './events.ts';
import { outcomeOf, require, requireOutcome, type World } from './world.ts';

type Real = Record<string, never>;

export class Begin implements fc.Command<World, Real> {
  check = (world: Readonly<World>): boolean => !world.began && !world.ended;
  run(world: World): void {
    world.began = true;
    world.send(begin);
  }
  toString = () => 'begin';
}

export class Fetched implements fc.Command<World, Real> {
  check = (world: Readonly<World>): boolean => world.fetching !== null;
  run(world: World): void {
    const came = world.pageAfter(world.fetching?.after ?? null);
    world.fetching = null;
    world.held = came;
    world.send({ name: 'fetched', page: came });
  }
  toString = () => 'fetched';
}

export class FetchFailed implements fc.Command<World, Real> {
  readonly trouble: Trouble;
  constructor(trouble: Trouble) {
    this.trouble = trouble;
  }
  check = (world: Readonly<World>): boolean => world.fetching !== null;
  run(world: World): void {
    world.fetching = null;
    if (world.loading === null) world.failures++;
    else world.fetchTrouble = this.trouble;
    const idle = world.loading === null;
    world.send(fetchFailed(this.trouble));
    if (idle) requireOutcome(world, this.trouble);
  }
  toString = () => `fetch-failed(${this.trouble.retry})`;
}

export class Loaded implements fc.Command<World, Real> {
  check = (world: Readonly<World>): boolean => world.loading !== null;
  run(world: World): void {
    const { loading, fetchTrouble, stopAsked } = world;
    world.loading = null;
    world.fetchTrouble = null;
    world.failures = fetchTrouble === null || stopAsked ? 0 : 1;
    if (stopAsked) world.held = null;
    world.send(loaded);
    if (loading?.complete === true) require(outcomeOf(world)?.kind === 'complete', 'the last page completes');
    else if (stopAsked) require(outcomeOf(world)?.kind === 'stopped', 'stop ends it');
    else if (fetchTrouble !== null) requireOutcome(world, fetchTrouble);
  }
  toString = () => 'loaded';
}

export class LoadFailed implements fc.Command<World, Real> {
  readonly trouble: Trouble;
  constructor(trouble: Trouble) {
    this.trouble = trouble;
  }
  check = (world: Readonly<World>): boolean => world.loading !== null;
  run(world: World): void {
    world.loading = null;
    world.held = null;
    world.fetchTrouble = null;
    world.failures++;
    world.send(loadFailed(this.trouble));
    if (world.stopAsked) require(outcomeOf(world)?.kind === 'stopped', 'stop ends it');
    else requireOutcome(world, this.trouble);
  }
  toString = () => `load-failed(${this.trouble.retry})`;
}

export class Waited implements fc.Command<World, Real> {
  check = (world: Readonly<World>): boolean => world.waiting;
  run(world: World): void {
    world.waiting = false;
    world.send(waited);
    require(world.fetching?.after === `c${world.committed}`, 'after a failure: from the committed cursor');
  }
  toString = () => 'waited';
}

export class Stop implements fc.Command<World, Real> {
  check = (): boolean => true;
  run(world: World): void {
    world.stopAsked = true;
    const underWay = world.loading !== null;
    const wasEnded = world.ended;
    world.waiting = false;
    world.send(stop);
    require(world.fetching === null, 'stop drops the fetch under way');
    if (!underWay && !wasEnded) require(outcomeOf(world)?.kind === 'stopped', 'nothing to wait for');
  }
  toString = () => 'stop';
}
