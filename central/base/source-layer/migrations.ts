import { appendOnly } from '../append-only.ts';

/**
 * Migrations of the base's own bookkeeping, schema `guarita`; embedded, so that a packaged program carries them. Never
 * edited once released: add the next one, and its place in `../migrations.ts`. The schemas of the sources are made from
 * what each source describes (`source-schema.ts`), not here.
 */
export const bookkeeping = `CREATE SEQUENCE guarita.change;

 -- Which base this is: checkpoints of another one do not count.
 CREATE TABLE guarita.base (id uuid PRIMARY KEY DEFAULT gen_random_uuid());
 INSERT INTO guarita.base DEFAULT VALUES;

 -- One row a view of a source. "loads" grows by one in the very transaction of each page: it fences off a second
 -- collector, and shows a checkpoint that is ahead of a base which was restored.
 CREATE TABLE guarita.view (
   source text NOT NULL,
   view text NOT NULL,
   key text[] NOT NULL,
   columns jsonb NOT NULL,
   fingerprint text NOT NULL,
   epoch text NOT NULL,
   loads bigint NOT NULL DEFAULT 0,
   first_described timestamptz NOT NULL DEFAULT now(),
   last_described timestamptz NOT NULL DEFAULT now(),
   last_loaded timestamptz,
   PRIMARY KEY (source, view)
 );`;

export const copiesAndQuarantine = `-- The base's own copy of where to go on, as old as its rows; and how many of them the source still has, counted in
 -- the transaction of each page: to count them anew would read the whole table in each run.
 ALTER TABLE guarita.view
   ADD COLUMN cursor text,
   ADD COLUMN cycle_complete boolean NOT NULL DEFAULT false,
   ADD COLUMN rows bigint NOT NULL DEFAULT 0;

 -- Rows that break the contract, whole, until the source has mended them. What is personal in an entry is erased
 -- when it is closed. "key_mark" tells which values of the key are bytes in hexadecimal: the places of columns in
 -- "mark" move when the view changes its shape, those in the key do not.
 CREATE TABLE guarita.quarantine (
   source text NOT NULL,
   view text NOT NULL,
   digest bigint NOT NULL,
   copies integer NOT NULL,
   key text[] COLLATE "C",
   key_mark smallint[] NOT NULL,
   code text NOT NULL,
   reason text NOT NULL,
   columns text[] NOT NULL,
   row_values text[],
   mark smallint[],
   load bigint NOT NULL,
   run bigint NOT NULL,
   opened timestamptz NOT NULL,
   last_seen timestamptz NOT NULL,
   resolved timestamptz,
   resolved_run bigint,
   PRIMARY KEY (source, view, digest)
 );
 -- Not by key as well: it may be too long for an index, which can be the very reason why its row is here.
 CREATE INDEX quarantine_open ON guarita.quarantine (source, view) WHERE resolved IS NULL;

 -- The tables that are there already.
 DO $$
 DECLARE
   known record;
   name text;
 BEGIN
   FOR known IN SELECT source, view FROM guarita.view LOOP
     name := format('%I.%I', 'fonte_' || lower(known.source), known.view);
     EXECUTE format('ALTER TABLE %s ADD COLUMN _removed_run bigint', name);
     EXECUTE format('UPDATE guarita.view SET rows = (SELECT count(*) FROM %s WHERE _removed IS NULL)
       WHERE source = $1 AND view = $2', name) USING known.source, known.view;
   END LOOP;
 END $$;`;

export const publishedJobs = `-- What central does and will do, as its own file has it, for those who see the base only. Written by the service.
   CREATE TABLE guarita.job (
     id bigint PRIMARY KEY,
     kind text NOT NULL,
     source text NOT NULL,
     view text,
     reason text NOT NULL,
     due timestamptz NOT NULL,
     asked timestamptz NOT NULL,
     begun timestamptz,
     ended timestamptz,
     outcome text,
     problem text,
     done integer,
     total integer,
     rows bigint
   );
   CREATE INDEX job_open ON guarita.job (id) WHERE ended IS NULL;`;

export const tracing = `-- Which answer of the source rows came with: those of the view whose "_change" is over "after_change" and not over
 -- "last_change". "digests" are of all rows of the answer, 8 bytes each, in its order; their SHA-256 is signed, with
 -- what else "signature_base" says, by the key whose public half is "public_key". All five are null where the source is
 -- no agent, or an agent that does not sign digests. Answers that changed nothing have no row.
 CREATE TABLE guarita.pagina (
   source text NOT NULL,
   view text NOT NULL,
   last_change bigint NOT NULL,
   after_change bigint NOT NULL,
   load bigint NOT NULL,
   run bigint NOT NULL,
   loaded timestamptz NOT NULL DEFAULT now(),
   fingerprint text NOT NULL,
   digests bytea,
   keyid text,
   public_key bytea,
   signature_base text,
   signature bytea,
   PRIMARY KEY (source, view, last_change)
 );
 -- Digests are as random as can be: what is spent on making them smaller is lost.
 ALTER TABLE guarita.pagina ALTER COLUMN digests SET STORAGE EXTERNAL;

 -- The columns that a view had, by its fingerprint: what the digests of its rows are made of.
 CREATE TABLE guarita.shape (
   source text NOT NULL,
   view text NOT NULL,
   fingerprint text NOT NULL,
   columns text[] NOT NULL,
   key text[] NOT NULL,
   first_described timestamptz NOT NULL DEFAULT now()
 );
 -- Not by fingerprint as well: a source may make it as long as it likes.
 CREATE INDEX shape_of_view ON guarita.shape (source, view);
 INSERT INTO guarita.shape (source, view, fingerprint, columns, key)
   SELECT v.source, v.view, v.fingerprint, ARRAY(
            SELECT c ->> 'name' FROM jsonb_array_elements(v.columns) WITH ORDINALITY AS all_columns (c, n) ORDER BY n),
          v.key
     FROM guarita.view v;

 -- What the rows of a view's table are held to, as its constraint says it; null where it has none yet, as version 0.1.0
 -- made it. The last change that is told from nothing, where it is not 0: what changed before is not kept. And whether,
 -- since the view was last read to its end, a column has had another name than the one that stood in its place.
 ALTER TABLE guarita.view
   ADD COLUMN sound_row text,
   ADD COLUMN kept_since bigint NOT NULL DEFAULT 0,
   ADD COLUMN names_moved boolean NOT NULL DEFAULT false;
 UPDATE guarita.view SET kept_since = (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM guarita.change);`;

export const forgetting = `-- Whom nobody is to load again: the HMAC-SHA-256 of source, view and key, by a secret that is not here; "secret"
 -- names it. A source that has any has "forgets" in each of its views, which each page reads under the view's lock.
 CREATE TABLE guarita.tombstone (
   source text NOT NULL,
   hash bytea NOT NULL,
   secret text NOT NULL,
   PRIMARY KEY (source, hash)
 );
 ${appendOnly('guarita.tombstone')}
 ALTER TABLE guarita.view ADD COLUMN forgets boolean NOT NULL DEFAULT false;`;

/** Rows of an answer that named somebody who is forgotten, and were taken for gone. */
export const forgottenOfPages = 'ALTER TABLE guarita.pagina ADD COLUMN forgotten integer NOT NULL DEFAULT 0;';
