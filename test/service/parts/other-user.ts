import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import type { Test } from 'tap';
import { parseDocument } from 'yaml';
import { readAgentConfig } from '../../../agent/config/read-config.ts';
import { withHome } from '../../../agent/home.ts';
import { adoptPassword } from '../../../agent/service/adopt-password.ts';
import { giveFolder } from '../../../agent/service/give-folder.ts';
import { keepJournal } from '../../../agent/service/keep-journal.ts';
import { atMoment, beginTrial } from '../../../agent/service/trial.ts';
import { asCaller, asOwnerOf, ownerOf } from '../../../agent/state/as-owner.ts';
import { openAgentState, stateFiles } from '../../../agent/state/state.ts';
import { openStateFile, readStateFile } from '../../../shared/state-file.ts';
import { runCommand } from '../../support/commands.ts';
import { readJournal } from '../../support/journal.ts';
import { sqliteDefaults, temporaryFolder } from '../../support/sqlite-views.ts';

// What root does in the agent's folder, where the agent's user has put links to what it would like to have.

/** A user of the system that nothing else belongs to. */
const other = 64_321;
const owner = { uid: other, gid: other };

interface Foreign {
  readonly folder: string;
  /** The folder of the other user. */
  readonly state: string;
  /** A file of root's. */
  readonly victim: string;
  readonly config: string;
}

function foreign(t: Test): Foreign {
  const folder = temporaryFolder(t);
  chmodSync(folder, 0o755);
  const state = join(folder, 'state');
  mkdirSync(state, { mode: 0o700 });
  chownSync(state, other, other);
  const victim = join(folder, 'victim');
  writeFileSync(victim, 'segredo do root\n', { mode: 0o600 });
  const config = join(folder, 'agent.yaml');
  const source = { ...sqliteDefaults, file: join(folder, 'estado.sqlite') };
  const views = [{ name: 'pessoa', key: ['id'], watermark: 'versao' }];
  const listen = { port: 0, tls: false };
  writeFileSync(config, JSON.stringify({ id: 'AL', uf: 'AL', state, listen, source, views }));
  return { folder, state, victim, config };
}

function requireUntouched(t: Test, { victim }: Foreign): void {
  const { uid, mode, nlink } = lstatSync(victim);
  t.strictSame({ uid, mode: mode & 0o777, nlink }, { uid: 0, mode: 0o600, nlink: 1 });
  t.equal(readFileSync(victim, 'utf8'), 'segredo do root\n', 'what is root’s is as it was');
}

/** Does something as the other user would by itself. */
function asOther({ state }: Foreign, work: () => void): void {
  asOwnerOf(state, work);
}

function ownersIn(folder: string): number[] {
  return [...new Set(readdirSync(folder).map((name) => lstatSync(join(folder, name)).uid))];
}

export async function otherUsers(t: Test): Promise<void> {
  await t.test('whose a path is', (t) => {
    const { folder, state, victim } = foreign(t);
    t.equal(ownerOf(state).uid, other);
    t.equal(ownerOf(victim).uid, 0);
    t.equal(ownerOf(join(folder, 'none', 'such')).uid, 0);
    const within = join(state, 'within');
    mkdirSync(within);
    t.equal(ownerOf(within).uid, other, 'of root, but on a way that another decides');
    symlinkSync(state, join(folder, 'link'));
    t.equal(ownerOf(join(folder, 'link', 'x')).uid, other, 'by way of root’s own link');
    symlinkSync(folder, join(state, 'out'));
    t.equal(
      ownerOf(join(state, 'out', 'victim')).uid,
      other,
      'a link of the other leads to nothing of root’s',
    );
    t.end();
  });

  await t.test('as whom something is done', async (t) => {
    const { state } = foreign(t);
    const who = () => [process.geteuid?.(), process.getegid?.()];
    const before = [who(), process.getgroups?.()];
    t.strictSame(asOwnerOf(state, who), [other, other]);
    t.strictSame(await asOwnerOf(state, async () => Promise.resolve(who())), [other, other]);
    t.strictSame(
      asOwnerOf(state, () => asCaller(who)),
      [0, before[0]?.[1]],
    );
    t.throws(
      () =>
        asOwnerOf(state, () => {
          throw new Error('x');
        }),
      'x',
    );
    await t.rejects(
      asOwnerOf(state, () => Promise.reject(new Error('y'))),
      'y',
    );
    t.strictSame([who(), process.getgroups?.()], before, 'and back, whatever happened');
    chownSync(state, other, 0);
    const groups = () => [process.getegid?.(), ...(process.getgroups?.() ?? [])];
    t.notOk(asOwnerOf(state, groups).includes(0), 'never in root’s group, whose files another may not read');
  });

  await t.test('a save before an upgrade', async (t) => {
    const f = foreign(t);
    asOther(f, () => openAgentState(f.state).close());
    const { database } = stateFiles(f.state);
    const places = {
      binary: join(f.folder, 'b'),
      previous: join(f.folder, 'p'),
      trial: join(f.folder, 'trial.json'),
    };
    for (const suffix of ['.before.tmp', '.before.tmp-journal', '.before.back']) {
      asOther(f, () => symlinkSync(f.victim, database + suffix));
      beginTrial(places, { from: '1.0.0', to: '1.1.0', state: f.state });
      await atMoment('before-start', places).catch(() => undefined);
      await atMoment('ended', places, 'exit-code').catch(() => undefined);
      requireUntouched(t, f);
      rmSync(database + suffix, { force: true });
    }
    for (const name of readdirSync(f.state)) rmSync(join(f.state, name));
    asOther(f, () => openAgentState(f.state).close());
    beginTrial(places, { from: '1.0.0', to: '1.1.0', state: f.state });
    await atMoment('before-start', places);
    t.ok(existsSync(`${database}.before`), 'without links it is saved');
    t.strictSame(ownersIn(f.state), [other]);
    await atMoment('ready', places);
    t.notOk(existsSync(`${database}.before`));
  });

  await t.test('a database of root’s in the place of the agent’s', async (t) => {
    const f = foreign(t);
    const roots = join(f.folder, 'of-root.sqlite');
    openStateFile(roots, ['CREATE TABLE segredo (x)']).close();
    asOther(f, () => symlinkSync(roots, stateFiles(f.state).database));
    const { code, errors } = await runCommand('agent', ['act', 'status', '--config', f.config]);
    t.equal(code, 1);
    t.match(errors, '[state-unwritable]');
    const db = readStateFile(roots);
    t.strictSame(
      db?.prepare('SELECT name FROM sqlite_schema').pluck().all(),
      ['segredo'],
      'it is left alone',
    );
    db?.close();
  });

  await t.test('what commands leave, run by root', async (t) => {
    const f = foreign(t);
    await withHome({ id: 'AL', state: f.state }, ({ journal }) => journal.event({ event: 'of-a-test' }));
    const out = join(f.folder, 'AL.journal');
    const done = await runCommand('agent', ['journal', 'export', '--config', f.config, '--out', out]);
    t.equal(done.code, 0, done.errors);
    t.equal(statSync(out).uid, 0, 'what is asked for is of who asked');
    t.equal((await readJournal(out)).entries.length, 2);
    for (const args of [['key'], ['keys', 'rotate'], ['keys'], ['journal', 'verify'], ['doctor', '--json']]) {
      await runCommand('agent', [...args, '--config', f.config]);
      t.strictSame(ownersIn(f.state), [other], args.join(' '));
    }
    const support = join(f.folder, 'suporte.json');
    await runCommand('agent', ['support', '--no-doctor', '--config', f.config, '--out', support]);
    t.match(JSON.parse(readFileSync(support, 'utf8')), { diario: { entries: 3, faults: [] } });
    const served = await runCommand('agent', ['serve', '--config', f.config]);
    t.match(served.errors, '[state-of-another]');
  });

  await t.test('the journal is kept from an uninstallation', async (t) => {
    const f = foreign(t);
    const kept = join(f.state, 'guarita-agent-AL.journal');
    t.equal(keepJournal({ id: 'AL', state: f.state }), null, 'there is none');
    await withHome({ id: 'AL', state: f.state }, ({ journal }) => journal.event({ event: 'of-a-test' }));
    asOther(f, () => {
      symlinkSync(f.victim, kept);
      symlinkSync(f.victim, `${kept}.tmp`);
    });
    t.equal(keepJournal({ id: 'AL', state: f.state }), kept);
    requireUntouched(t, f);
    t.ok(lstatSync(kept).isFile());
    t.strictSame([statSync(kept).uid, statSync(f.state).uid, statSync(f.state).mode & 0o777], [0, 0, 0o700]);
    t.equal((await readJournal(kept)).entries.length, 2);
    for (const file of Object.values(stateFiles(f.state))) rmSync(file, { force: true });
    t.equal(keepJournal({ id: 'AL', state: f.state }), kept, 'cut short, and done again');
  });

  await t.test('a password that "init" was told', (t) => {
    const f = foreign(t);
    const credentials = join(f.folder, 'credentials');
    const file = join(f.state, 'senha-do-banco');
    const settings = parseDocument(readFileSync(f.config, 'utf8'));
    settings.set('source', { engine: 'postgres', url: 'postgres://a@127.0.0.1:9/b', password: { file } });
    writeFileSync(f.config, settings.toString());
    const config = readAgentConfig(f.config, {});
    asOther(f, () => symlinkSync(f.victim, file));
    t.throws(() => adoptPassword(f.config, config, credentials), { code: 'secret-missing' });
    t.notOk(existsSync(credentials));
    requireUntouched(t, f);
    rmSync(file);
    asOther(f, () => writeFileSync(file, 'senha\n', { mode: 0o600 }));
    t.ok(adoptPassword(f.config, config, credentials));
    t.equal(readFileSync(join(credentials, basename(file)), 'utf8'), 'senha\n');
    t.equal(statSync(join(credentials, basename(file))).uid, 0);
    t.notOk(existsSync(file));
    t.end();
  });

  await t.test('a folder that is given away', (t) => {
    const f = foreign(t);
    asOther(f, () => symlinkSync(f.victim, join(f.state, 'link')));
    linkSync(f.victim, join(f.state, 'second-name'));
    giveFolder(f.state, owner);
    t.equal(lstatSync(f.victim).uid, 0, 'one that is the user’s already is left as it is');
    giveFolder(join(f.state, 'within'), owner);
    t.equal(lstatSync(join(f.state, 'within')).uid, other, 'and one in it is made by the user');
    rmSync(join(f.state, 'second-name'));
    for (const [what, put] of [
      ['a second name', (name: string) => linkSync(f.victim, name)],
      ['a link', (name: string) => symlinkSync(f.victim, name)],
    ] as const) {
      const mine = join(f.folder, what);
      mkdirSync(mine);
      put(join(mine, 'x'));
      t.throws(() => giveFolder(mine, owner), { code: 'state-unsafe' }, what);
      t.equal(lstatSync(mine).uid, 0);
      rmSync(join(mine, 'x'));
    }
    requireUntouched(t, f);
    const whole = join(f.folder, 'whole');
    mkdirSync(join(whole, 'within'), { recursive: true });
    writeFileSync(join(whole, 'within', 'x'), '');
    giveFolder(whole, owner);
    t.strictSame([...ownersIn(whole), ...ownersIn(join(whole, 'within'))], [other, other]);
    t.equal(statSync(whole).mode & 0o777, 0o700);
    const linked = join(f.folder, 'linked');
    symlinkSync(join(f.folder, 'elsewhere'), linked);
    mkdirSync(join(f.folder, 'elsewhere'));
    giveFolder(linked, owner);
    t.equal(lstatSync(join(f.folder, 'elsewhere')).uid, other, 'root’s own link is followed');
    t.end();
  });

  await t.test('a folder in that of a third user, who could exchange it, is not handed over', (t) => {
    const f = foreign(t);
    const third = { uid: other + 1, gid: other + 1 };
    const mine = join(f.state, 'state');
    asOther(f, () => {
      mkdirSync(mine);
      symlinkSync(f.folder, join(f.state, 'led'));
    });
    for (const path of [mine, join(f.state, 'none'), join(f.state, 'led', 'state')]) {
      t.throws(() => giveFolder(path, third), { code: 'state-unsafe', message: /outro usuário/ }, path);
    }
    t.equal(lstatSync(mine).uid, other);
    t.notOk(existsSync(join(f.state, 'none')), 'nor made');
    requireUntouched(t, f);
    t.end();
  });

  await t.test('nor one in a folder where everybody may rename what is others’', (t) => {
    const f = foreign(t);
    const open = join(f.folder, 'open');
    mkdirSync(open);
    symlinkSync(open, join(f.folder, 'led-there'));
    for (const [mode, group] of [
      [0o777, 0],
      [0o775, other],
    ] as const) {
      chownSync(open, 0, group);
      chmodSync(open, mode);
      for (const path of ['open/state', 'open/within/state', 'led-there/state']) {
        t.throws(
          () => giveFolder(join(f.folder, path), owner),
          { code: 'state-unsafe', message: /chmod/ },
          path,
        );
      }
    }
    t.strictSame(readdirSync(open), [], 'nor made');
    chmodSync(open, 0o1777);
    giveFolder(join(open, 'state'), owner);
    t.equal(
      lstatSync(join(open, 'state')).uid,
      other,
      'one in which each renames only what is their own will do',
    );
    t.end();
  });
}
