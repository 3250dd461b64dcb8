import type { Test } from 'tap';
import type { TestPostgres } from '../../support/postgres.ts';
import { postgresHarness, userSource } from '../../support/postgres-harness.ts';

const start = { after: null, until: null };

/** Invariant 1. */
export async function readOnly(t: Test, server: TestPostgres): Promise<void> {
  await t.test('I1: the proof that a user cannot write', async (t) => {
    const database = 'provas';
    await server.admin(`CREATE DATABASE ${database}`);
    await server.admin(
      `CREATE TABLE custodiado (id bigint PRIMARY KEY, nome text); CREATE SEQUENCE numero;
     CREATE VIEW visao AS SELECT * FROM custodiado;
     CREATE ROLE gravador; GRANT INSERT ON custodiado TO gravador; CREATE ROLE criador CREATEDB;`,
      database,
    );
    const prove = async (t: Test, user: string, password = 'leitura') => {
      const source = userSource(t, server.readerUrl(user, database), password);
      return source.proveReadOnly();
    };
    const readers: readonly (readonly [name: string, grant: string, reason: RegExp | null])[] = [
      ['limpo', 'GRANT SELECT ON ALL TABLES IN SCHEMA public TO limpo', null],
      ['insere', 'GRANT INSERT ON custodiado TO insere', /write to public\.custodiado/],
      ['altera', 'GRANT UPDATE ON custodiado TO altera', /write to public\.custodiado/],
      ['apaga', 'GRANT DELETE ON visao TO apaga', /write to public\.visao/],
      ['coluna', 'GRANT UPDATE (nome) ON custodiado TO coluna', /write to public\.custodiado/],
      ['coluna_nova', 'GRANT INSERT (nome) ON custodiado TO coluna_nova', /write to public\.custodiado/],
      ['trunca', 'GRANT TRUNCATE ON custodiado TO trunca', /write to public\.custodiado/],
      ['sequencia', 'GRANT USAGE ON SEQUENCE numero TO sequencia', /sequence public\.numero/],
      ['esquema', 'GRANT CREATE ON SCHEMA public TO esquema', /create in schema public/],
      ['banco', `GRANT CREATE ON DATABASE ${database} TO banco`, /create in database provas/],
      ['membro', 'GRANT gravador TO membro', /role gravador may write to public\.custodiado/],
      [
        'sem_heranca',
        'ALTER ROLE sem_heranca NOINHERIT; GRANT gravador TO sem_heranca',
        /role gravador may write/,
      ],
      ['por_outro', 'GRANT criador TO por_outro', /role criador may create roles or databases/],
      ['programa', 'GRANT pg_execute_server_program TO programa', /run programs/],
      ['tudo', 'GRANT pg_write_all_data TO tudo', /write to/],
      [
        'dono',
        'CREATE TABLE dele (); ALTER TABLE dele OWNER TO dono; REVOKE ALL ON dele FROM dono',
        /write to public\.dele/,
      ],
      ['raiz', 'ALTER ROLE raiz SUPERUSER', /superuser/],
    ];
    for (const [name, grant, reason] of readers) {
      await t.test(`${name}: ${grant}`, async (t) => {
        await server.createReader(name);
        await server.admin(grant, database);
        const reasons = await prove(t, name);
        if (reason === null) t.same(reasons, []);
        else t.match(reasons.join('\n'), reason);
      });
    }
    await t.test('the superuser that made the server', async (t) => {
      t.match((await prove(t, 'postgres', 'admin')).join('\n'), /superuser/);
    });
  });

  await t.test('I1: the session refuses a write, whatever a view does', async (t) => {
    const harness = await postgresHarness(t, server, { database: 'sessao' });
    await harness.execute('CREATE TABLE rastro (id int)');
    await harness.execute(`CREATE FUNCTION grava() RETURNS int LANGUAGE sql VOLATILE SECURITY DEFINER
    AS 'INSERT INTO rastro VALUES (1) RETURNING id'`);
    await harness.execute(`CREATE VIEW armadilha AS SELECT grava() AS id, timestamptz '2020-01-01' AS mark`);
    const source = await harness.open(t, { views: [{ name: 'armadilha', key: ['id'], watermark: 'mark' }] });
    await t.rejects(source.page('armadilha', start), { code: 'view-failing', detail: /SQLSTATE 25006\.$/ });
    t.same(await harness.rows('rastro', ['id']), []);
  });
}
