/**
 * The base's own bookkeeping, schema `guarita`; embedded, so that a packaged binary carries it. A migration is never
 * edited once released: add the next one. The schemas of the sources are made from what each source describes
 * (`source-schema.ts`), not here.
 */
export const migrations: readonly string[] = [
  `CREATE SEQUENCE guarita.change;

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
   );`,
];
