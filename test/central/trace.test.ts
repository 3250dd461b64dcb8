// Tier: quick. Two enrolments; a real agent of this process, bases on PostgreSQL, where a command opens one at once.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import t, { type Test } from 'tap';
import type { Base, Questions } from '../../central/base/base.ts';
import { migrateBase } from '../../central/base/migrate.ts';
import { type RowState, rowStates, storedViews } from '../../central/base/source-layer/row-history.ts';
import { type Checks, type Trace, traceRow } from '../../central/trace/trace-row.ts';
import { GuaritaError } from '../../shared/errors.ts';
import { generateKeyPair, readPublicKey } from '../../shared/signing/keys.ts';
import { query, testFolder } from '../support/bases.ts';
import { type CommandBase, commandBases } from '../support/command-bases.ts';
import { runCommand } from '../support/commands.ts';
import { type Enrolment, enrolment, must } from '../support/enrolled.ts';

// Invariant 7: each row of the base leads to the signature of the agent that gave it.

const makeBase = await commandBases(t);

/** A state that was loaded, changed a row and removed another. */
async function tracedState(t: Test): Promise<Enrolment> {
  const e = await enrolment(t, { makeBase, name: 'traced' });
  inState(e, 'UPDATE unidade SET id = CAST(id AS INTEGER)');
  await e.enrol();
  must(await e.central(['collect']));
  inState(e, `UPDATE unidade SET nome = 'Nome novo' WHERE id = 3; DELETE FROM unidade WHERE id = 5`);
  must(await e.central(['reconcile']));
  return e;
}

function inState(e: Enrolment, sql: string): void {
  const db = new Database(join(e.folder, 'estado.sqlite'));
  db.exec(sql);
  db.close();
}

const onBase = async <T>(of: CommandBase, work: (base: Base) => Promise<T>): Promise<T> => {
  const base = await of.open();
  try {
    return await work(base);
  } finally {
    await base.close();
  }
};

/** As the command does it, of the last state. */
async function traceOf(questions: Questions, id: string, known: ReadonlySet<string> | null): Promise<Trace> {
  const [of] = await storedViews(questions, 'AL');
  if (of === undefined) throw new Error('no view');
  const states: RowState[] = [];
  for await (const state of rowStates(questions, of, [id], { first: 0, last: 100 })) states.push(state);
  const [state, before = null] = states.toReversed();
  if (state === undefined) throw new Error('no row');
  return traceRow(questions, of, { state, before }, known);
}

/** What does not hold. */
const broken = ({ statements }: Trace) =>
  statements.flatMap(({ of, missing, checks }) => [
    ...(missing === null ? [] : [`${of}: ${missing}`]),
    ...Object.entries((checks ?? {}) as Partial<Checks>)
      .filter(([, holds]) => holds !== true)
      .map(([check]) => `${of}: ${check}`),
  ]);

await t.test('J4: each row leads to the signature of its agent', async (t) => {
  const e = await tracedState(t);
  const key = join(e.folder, 'AL.jwk');
  writeFileSync(key, must(await e.agent(['key'])).output);

  await t.test('as it was loaded, as it changed, and that it is gone', async (t) => {
    const loaded = await e.central(['trace', 'al', 'unidade', '1']);
    t.strictSame([loaded.code, loaded.errors], [0, '']);
    t.match(loaded.output, /^AL unidade, …: versão 1 de 1, carregada em /);
    t.match(loaded.output, /✓ Provado\.\nTratamento: ainda não foi feito/);
    t.notMatch(loaded.output, /Unidade|✗|–/);
    const changed = await e.central(['trace', 'AL', 'unidade', '3', '--reveal']);
    t.equal(changed.code, 0);
    t.match(changed.output, 'nome: Nome novo');
    const before = await e.central(['trace', 'AL', 'unidade', '3', '--number', '1', '--json', '--reveal']);
    t.equal(before.code, 0);
    t.match(JSON.parse(before.output), {
      ...{ number: 1, states: 2, result: 'proved', values: { nome: 'Unidade 3' } },
      statements: [{ of: 'row', checks: { values: true, among: true, signature: true, key: true } }],
    });
    const removed = await e.central(['trace', 'AL', 'unidade', '5', '--json']);
    t.equal(removed.code, 0);
    const told = JSON.parse(removed.output) as { statements: object[]; values?: object };
    t.match(told, {
      ...{ removed: true, result: 'proved' },
      statements: [{ of: 'row' }, { of: 'removal', signed: { resource: 'lookup' } }],
    });
    t.equal(told.values, undefined);
  });

  await t.test('its versions, and no value unless asked for', async (t) => {
    const { code, output } = await e.central(['source', 'versions', 'AL', 'unidade', '3']);
    t.equal(code, 0);
    t.match(output, /nova.*mudou.*nome: Un… → No….*Vista pela primeira vez em \S+Z\.$/s);
    t.notMatch(output, /Unidade 3|Nome novo/);
  });

  await t.test('what is not there is told, and no trace of it', async (t) => {
    const said = async (...args: string[]) => {
      const { code, errors } = await e.central(args);
      return [code, /\[([a-z-]+)\]/.exec(errors)?.[1]];
    };
    t.strictSame(await said('trace', 'AL', 'unidade', '99'), [1, 'row-unknown']);
    t.strictSame(await said('source', 'versions', 'RO', 'unidade', '1'), [2, 'option-invalid']);
    t.strictSame(await said('trace', 'AL', 'unidade', '1', '--number', '2'), [2, 'option-invalid']);
    t.strictSame(await said('trace', 'AL', 'unidade', '1', '--number', 'x'), [2, 'option-invalid']);
  });

  await t.test('of the base alone, in another folder: all but whose key it is', async (t) => {
    const folder = testFolder(t);
    const { base } = e;
    if (base.config.base === undefined) {
      cpSync(join(e.centralState, 'base'), join(folder, 'base'), { recursive: true });
    }
    const config = join(folder, 'central.yaml');
    writeFileSync(config, JSON.stringify({ state: folder, ...base.config, log: { level: 'silent' } }));
    const trace = (...more: string[]) =>
      runCommand('central', ['-c', config, 'trace', 'AL', 'unidade', '5', ...more], base);
    const alone = await trace();
    t.equal(alone.code, 3);
    t.match(alone.output, '✓ a página diz que a chave não existe mais');
    t.match(alone.output, /– a chave \(impressão \S+\) não foi comparada: veja "guarita-agent keys show"/);
    t.equal((await trace('--key', key)).code, 0, 'with the key that the state gives');
    const other = join(folder, 'other.jwk');
    writeFileSync(other, JSON.stringify(generateKeyPair().jwk));
    const wrong = await trace('--key', other);
    t.equal(wrong.code, 1);
    t.match(wrong.output, /✗ a chave .+ não é nenhuma conhecida do agente/);
  });

  await t.test('whatever somebody changes in the base is noticed, and where', async (t) => {
    await onBase(e.base, async (base) => {
      const known = new Set([readPublicKey(key).thumbprint]);
      const other = generateKeyPair();
      const bytes = (column: string) =>
        `set_byte(${column}, length(${column}) - 1, get_byte(${column}, length(${column}) - 1) # 1)`;
      const tampered: readonly (readonly [string, string, readonly string[]])[] = [
        ['3', `UPDATE fonte_al.unidade SET nome = 'Outro' WHERE id = '3'`, ['row: values']],
        ['3', `UPDATE fonte_al.unidade SET municipio_ibge = '' WHERE id = '3'`, ['row: values']],
        [
          '3',
          `UPDATE fonte_al.unidade SET _digest = _digest + 1 WHERE id = '3'`,
          ['row: values', 'row: among'],
        ],
        ['5', `UPDATE fonte_al.unidade SET nome = 'Outro' WHERE id = '5'`, ['row: values']],
        ['3', `UPDATE guarita.pagina SET digests = ${bytes('digests')}`, ['row: signature', 'row: key']],
        ['3', `UPDATE guarita.pagina SET signature = ${bytes('signature')}`, ['row: signature', 'row: key']],
        [
          '3',
          `UPDATE guarita.pagina SET signature_base = replace(signature_base, 'rows', 'list')`,
          ['row: signature', 'row: key'],
        ],
        [
          '3',
          `UPDATE guarita.pagina SET public_key = '\\x${other.bytes.toString('hex')}'`,
          ['row: signature', 'row: key'],
        ],
        ['3', `UPDATE guarita.pagina SET fingerprint = 'other'`, ['row: lost']],
        [
          '3',
          `INSERT INTO guarita.shape (source, view, fingerprint, columns, key)
             SELECT source, view, 'other', columns, key FROM guarita.shape;
           UPDATE guarita.pagina SET fingerprint = 'other'`,
          ['row: signature', 'row: key'],
        ],
        [
          '3',
          `INSERT INTO guarita.shape (source, view, fingerprint, columns, key)
             SELECT source, view, fingerprint, columns[2:] || columns[1], key FROM guarita.shape`,
          ['row: lost'],
        ],
        ['5', 'DELETE FROM guarita.pagina', ['row: lost', 'removal: lost']],
        [
          '3',
          `UPDATE guarita.pagina SET last_change = last_change + 1000, after_change = after_change + 1000`,
          ['row: lost'],
        ],
        ['5', 'DELETE FROM fonte_al_versao.unidade', ['row: lost']],
        // The row is said to be gone by a page that says nothing of it.
        ['4', `UPDATE fonte_al.unidade SET _removed = now() WHERE id = '4'`, ['row: lost', 'removal: among']],
        ['3', `UPDATE guarita.view SET kept_since = 1000000`, ['row: before-tracing']],
        [
          '3',
          'UPDATE guarita.pagina SET digests = NULL, signature = NULL, signature_base = NULL, public_key = NULL',
          ['row: unsigned'],
        ],
      ];
      for (const [id, sql, noticed] of tampered) {
        const undo = new GuaritaError('stopped', 'undo');
        const found: string[] = [];
        await base
          .transaction(async (tx) => {
            await tx.execute(sql);
            found.push(...broken(await traceOf(tx, id, known)));
            throw undo;
          })
          .catch((error: unknown) => {
            if (error !== undo) throw error;
          });
        t.strictSame(found, noticed, sql);
      }
      await base.snapshot(async (questions) => {
        t.strictSame(broken(await traceOf(questions, '3', known)), []);
        t.strictSame(broken(await traceOf(questions, '3', null)), ['row: key']);
      });
    });
  });

  await t.test('what was signed by a key that the agent has exchanged since', async (t) => {
    must(await e.agent(['keys', 'rotate']));
    must(await e.central(['collect']));
    t.not(must(await e.agent(['keys', 'show'])).output.includes(readPublicKey(key).thumbprint), true);
    t.equal((await e.central(['trace', 'AL', 'unidade', '1'])).code, 0);
  });
});

await t.test(
  'a row that came to name somebody who was forgotten: it went by our own doing, and so it is told',
  async (t) => {
    const e = await enrolment(t, { makeBase, name: 'forgotten' });
    inState(
      e,
      'ALTER TABLE unidade ADD COLUMN custodiado_id; UPDATE unidade SET id = CAST(id AS INTEGER), custodiado_id = iif(id = 1, 7, NULL)',
    );
    await e.enrol();
    must(await e.central(['collect']));
    must(await e.central(['forget', 'AL', 'custodiado', '7', '--order', '0001/2026', '--yes']));
    inState(e, 'UPDATE unidade SET custodiado_id = 7 WHERE id IN (2, 3); DELETE FROM unidade WHERE id = 4');
    must(await e.central(['reconcile']));

    const traced = await e.central(['trace', 'AL', 'unidade', '2']);
    t.equal(traced.code, 3);
    t.match(traced.output, /A linha:\n {2}✓/);
    t.match(
      traced.output,
      /A remoção:\n {2}– a linha passou a citar uma pessoa esquecida por ordem judicial/,
    );
    t.match(traced.output, '– A linha está provada; saiu porque passou a citar uma pessoa esquecida.');
    t.notMatch(traced.output, '✗');
    const json = JSON.parse((await e.central(['trace', 'AL', 'unidade', '2', '--json'])).output) as object;
    t.match(json, {
      ...{ removed: true, result: 'forgotten' },
      statements: [
        { of: 'row', missing: null },
        { of: 'removal', missing: 'forgotten', checks: null },
      ],
    });
    t.match((await e.central(['trace', 'AL', 'unidade', '4'])).output, '✓ Provado.', 'gone at the source');

    await onBase(e.base, async (base) => {
      await base.snapshot(async (questions) => {
        const other = new Set(['other']);
        t.match(
          await traceOf(questions, '2', other),
          { result: 'failed' },
          'of a key that is not the agent’s',
        );
      });
      await query(base, 'UPDATE guarita.pagina SET forgotten = 0');
      await base.snapshot(async (questions) => {
        t.match(await traceOf(questions, '2', null), { result: 'failed' }, 'of a page that brought nobody');
      });
      await query(base, `UPDATE guarita.pagina SET forgotten = 1, digests = digests || '\\x00'`);
      await base.snapshot(async (questions) => {
        t.match(await traceOf(questions, '2', null), { result: 'failed' }, 'nor of one that nobody signed');
      });
    });
  },
);

await t.test('a base of version 0.1.0: what was there before is told as such', async (t) => {
  const folder = testFolder(t);
  const of = await makeBase({ state: folder, name: 'released', isEmpty: true });
  const released = readFileSync(join(import.meta.dirname, '..', 'base', 'version-0.1.0.sql'), 'utf8');
  await onBase(of, async (base) => {
    await base.transaction((tx) => tx.execute(released));
    await migrateBase(base);
    t.match(await query(base, `SELECT to_regnamespace('fonte_al_versao') IS NULL AS never`), [
      { never: true },
    ]);
  });
  const config = join(folder, 'central.yaml');
  writeFileSync(config, JSON.stringify({ state: folder, ...of.config, log: { level: 'silent' } }));
  const central = (...args: string[]) => runCommand('central', ['-c', config, ...args], of);
  const traced = await central('trace', 'AL', 'pessoa', '1');
  t.equal(traced.code, 3);
  t.match(traced.output, 'de antes do rastreamento');
  const { code, output } = await central('source', 'versions', 'AL', 'pessoa', '1');
  t.equal(code, 0);
  t.match(output, /já carregada.*não foi guardado\.$/s);
});
