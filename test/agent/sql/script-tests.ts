import type { Test } from 'tap';
import { standardViews } from '../../../shared/dictionary/standard-views.ts';
import type { ScriptDatabase, UserSession } from './script-database.ts';
import {
  configuredViews,
  password,
  relationOf,
  type ScriptScene,
  scriptScene,
  tablesOf,
  troublesOf,
  withTables,
} from './script-scene.ts';

/**
 * What a state does with the scripts of `guarita-agent sql`, on a real engine: runs them as they are, checks by `doctor`,
 * puts its own tables in, checks again, and in the end revokes.
 */
export async function scriptTests(t: Test, engine: string, database: ScriptDatabase): Promise<void> {
  const scene = await scriptScene(t, engine, database);
  await database.run(`CREATE TABLE ${database.table('segredo')} (x INTEGER)`);
  await t.test('as they are printed, with the password filled in, they run; and run again', (t) =>
    runAsPrinted(t, scene),
  );
  await t.test('the view of a log, as it is printed', async (t) => {
    const printed = await scene.script('--part', 'log', '--views', 'custodiado');
    await database.run(database.fillIn(printed, password));
    const [, name = ''] =
      /^ALTER VIEW (\S+)|VIEW (?:IF EXISTS )?(\S*log)\b/im.exec(printed)?.filter(Boolean) ?? [];
    t.strictSame((await database.query(`SELECT COUNT(*) FROM ${name}`)).flat().map(Number), [0]);
    await database.run(/^-- (DROP VIEW .*)$/m.exec(printed)?.[1] ?? '');
  });
  await t.test('views as they are printed are empty, of the right columns, and pass doctor', (t) =>
    passEmpty(t, scene),
  );
  await t.test('tables in the place of the stand-ins', () => putTablesIn(scene));
  await t.test('T9: the watermark is the greatest instant of all joined tables, null when all are', (t) =>
    takeGreatest(t, scene),
  );
  await t.test('T7: doctor counts the row without a watermark', (t) => countNull(t, scene));
  const { login } = database;
  if (login !== null) {
    await t.test('I1: the user reads the views, and can do nothing else', (t) =>
      doNothingElse(t, scene, login),
    );
    await t.test('I6: after the revocation nothing is read any more, by an open session neither', (t) =>
      beRevoked(t, scene, login),
    );
    await t.test('I6: the agent itself revokes, with a DBA’s login', (t) => revokeByCommand(t, scene, login));
  }
  await t.test('what is commented out drops the views', () => dropViews(scene));
}

async function runAsPrinted(t: Test, { database, script, views }: ScriptScene): Promise<void> {
  t.equal(configuredViews(views).length, standardViews.length, 'it says how to configure each view');
  const printed = await script();
  const filled = database.fillIn(printed, password);
  if (/^[^-].*<SENHA>/m.test(printed)) {
    await t.rejects(database.run(printed), 'with its placeholder the script is refused');
  }
  await database.run(filled);
  await database.run(database.again?.(filled) ?? filled);
}

async function passEmpty(t: Test, { doctor }: ScriptScene): Promise<void> {
  const { code, report } = await doctor();
  t.strictSame(troublesOf(report), []);
  t.equal(code, 0);
  const rows = report.checks.filter(({ check }) => check === 'rows').map(({ message }) => message);
  t.strictSame(
    rows,
    standardViews.map(() => '0 linhas'),
  );
}

async function putTablesIn({ database, script, views }: ScriptScene): Promise<void> {
  for (const statement of tablesOf(views, database)) await database.run(statement);
  await database.run(withTables(views, database));
  const user = database.fillIn(await script('--part', 'user'), password);
  await database.run(database.again?.(user) ?? user);
}

const day = (number: number) => `'2026-01-0${number} 10:00:00'`;

async function takeGreatest(t: Test, { engine, database, views }: ScriptScene): Promise<void> {
  const rows: readonly (readonly [string, number, number | null])[] = [
    ['pessoa', 1, 1],
    ['documento', 1, 3],
    ['pessoa', 2, 5],
    ['documento', 2, 4],
    ['pessoa', 3, null],
    ['qualificacao', 3, 2],
    ['pessoa', 4, null],
  ];
  for (const [table, id, changed] of rows) {
    const instant = changed === null ? 'NULL' : day(changed);
    const own =
      table === 'pessoa'
        ? ['id, nome, nome_mae, sexo, data_nascimento', `${id}, 'Ana ${id}', 'Rita', 'F', '1990-05-21'`]
        : ['pessoa_id', `${id}`];
    await database.run(
      `INSERT INTO ${database.table(table)} (${own[0]}, alterado_em) VALUES (${own[1]}, ${instant})`,
    );
  }
  const quoted = (name: string) => (engine === 'firebird' ? `"${name}"` : name);
  const isFound = async (id: number, condition: string) => {
    const from = `FROM ${relationOf(views, 'custodiado')} WHERE ${quoted('id')} = ${id}`;
    const [row] = await database.query(`SELECT COUNT(*) ${from} AND ${quoted('atualizado_em')} ${condition}`);
    return Number(row?.[0]) === 1;
  };
  t.ok(await isFound(1, `= ${day(3)}`), 'the joined table is later');
  t.ok(await isFound(2, `= ${day(5)}`), 'the table itself is later');
  t.ok(await isFound(3, `= ${day(2)}`), 'only one of three is known');
  t.ok(await isFound(4, 'IS NULL'), 'none is known');
}

async function countNull(t: Test, { doctor }: ScriptScene): Promise<void> {
  const { code, report } = await doctor();
  t.strictSame(troublesOf(report), ['watermarks custodiado warning']);
  t.equal(code, 1);
  const rows = report.checks.find(({ check, subject }) => check === 'rows' && subject === 'custodiado');
  t.equal(rows?.message, '4 linhas');
}

type Login = (password: string) => Promise<UserSession>;

async function doNothingElse(t: Test, { database, views }: ScriptScene, login: Login): Promise<void> {
  const session = await login(password);
  await session.run(`SELECT * FROM ${relationOf(views, 'advogado')}`);
  for (const [what, sql] of Object.entries(database.forbidden)) {
    await t.rejects(session.run(sql), database.refusal, what);
  }
  await session.close();
}

async function beRevoked(t: Test, scene: ScriptScene, login: Login): Promise<void> {
  const { database, script, views, doctor } = scene;
  const open = await login(password);
  const read = `SELECT * FROM ${relationOf(views, 'advogado')}`;
  await open.run(read);
  await database.run(await script('--part', 'revoke'));
  await t.rejects(open.run(read), 'a session that was open');
  await open.close().catch(() => undefined);
  await t.rejects(login(password), 'a new login');
  const { code, report } = await doctor();
  t.equal(code, 2);
  t.match(report.checks.find(({ check }) => check === 'login')?.message, '[source-login-refused]');
}

async function revokeByCommand(
  t: Test,
  { database, script, views, agent }: ScriptScene,
  login: Login,
): Promise<void> {
  await database.run(database.fillIn(await script('--part', 'user'), password));
  const open = await login(password);
  const read = `SELECT * FROM ${relationOf(views, 'advogado')}`;
  await open.run(read);
  const { user, password: dbaPassword } = database.dba ?? { user: '', password: '' };
  const revoke = ['act', 'revoke', '--reason', 'fim', '--yes', '--database', '--dba-user', user];
  const refused = await agent(revoke, { GUARITA_DBA_PASSWORD: 'errada' });
  t.match(refused.stderr, '[source-login-refused]');
  // A login that is in, and no DBA's: what it may not do is said, and by which statement.
  const powerless = [...revoke.slice(0, -1), 'guarita_leitura'];
  const denied = await agent(powerless, { GUARITA_DBA_PASSWORD: password });
  t.equal(denied.code, 1);
  t.match(denied.stderr, /^ {2}\S+ .*\d+\. \S+[^]*\n {2}→ Mostre ao DBA .*\n {2}\[source-failed\]/m);
  t.notMatch(denied.stderr, /\blog\b/, 'the command writes none');
  const { code, stdout, stderr } = await agent(revoke, { GUARITA_DBA_PASSWORD: dbaPassword });
  t.equal(code, 0, stderr);
  t.match(stdout, /Acesso do usuário no banco revogado/);
  t.notOk((stdout + stderr).includes(dbaPassword), 'the password is told nowhere');
  await t.rejects(login(password), 'a new login');
  const told = await agent(['act', 'status'], {});
  t.match(told.stdout, 'acesso do usuário no banco tirado em');
  t.notMatch(told.stdout, 'o DBA roda', 'nothing is left to do');
  await open.close().catch(() => undefined);
}

async function dropViews({ database, script }: ScriptScene): Promise<void> {
  const revoke = await script('--part', 'revoke');
  for (const line of revoke.split('\n').filter((line) => line.startsWith('-- DROP '))) {
    await database.run(line.slice(3));
  }
}
