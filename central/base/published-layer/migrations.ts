/**
 * What central's own file knows and others must see, in schema `guarita`; jobs came first and stand with the source
 * layer. Written by the service alone, and made again by it from its file whenever it starts: nothing here is the only
 * place of anything, but for what became of answers that another folder carried out.
 */
export const published = `-- Whose picture this is, and of when. "at" and "ended" are of the base's own clock, so that whoever reads can
 -- compare them with now(): a service at work renews "at" each minute. "serial" counts what was shown: a base that was
 -- restored, or that another service shows in, has another one than the service remembers.
 CREATE TABLE guarita.published (
   one boolean PRIMARY KEY DEFAULT true CHECK (one),
   central text NOT NULL,
   version text NOT NULL,
   began timestamptz NOT NULL,
   at timestamptz NOT NULL,
   ended timestamptz,
   serial bigint NOT NULL
 );

 -- A source: its agreement by the grant (null when that cannot be read), since when it is over, and the last run of one
 -- of which no view is known.
 CREATE TABLE guarita.source (
   source text PRIMARY KEY,
   act text,
   act_begin timestamptz,
   act_end timestamptz,
   ended timestamptz,
   last_started timestamptz,
   last_outcome text,
   last_problem text
 );

 -- A view as the status tells it. "known" is false for one that is granted and was never collected. The base has what
 -- the state did before "collected"; "owed" is why a reconciliation is owed.
 CREATE TABLE guarita.view_state (
   source text NOT NULL,
   view text NOT NULL,
   known boolean NOT NULL,
   mode text,
   rows bigint,
   quarantined bigint,
   collected timestamptz,
   reconciled timestamptz,
   owed text,
   marked bigint,
   last_started timestamptz,
   last_outcome text,
   last_problem text,
   first_started timestamptz,
   PRIMARY KEY (source, view)
 );

 -- What waits for a person, or was decided and not done yet. Source, view, code, subject and ref together name this
 -- very doubt: they are what an answer repeats (decidido.resposta).
 CREATE TABLE guarita.attention (
   source text NOT NULL,
   view text NOT NULL,
   code text NOT NULL,
   subject text NOT NULL,
   columns text[],
   ref text NOT NULL,
   since timestamptz NOT NULL,
   decision text,
   PRIMARY KEY (source, view, code)
 );

 CREATE TABLE guarita.schedule (
   source text NOT NULL,
   kind text NOT NULL,
   view text,
   expression text NOT NULL,
   zone text NOT NULL,
   next timestamptz,
   last_done timestamptz,
   UNIQUE NULLS NOT DISTINCT (source, kind, view, expression)
 );

 -- The last runs. One without an end is under way, or was cut off: then no job of its source is.
 CREATE TABLE guarita.run (
   id bigint PRIMARY KEY,
   source text NOT NULL,
   started timestamptz NOT NULL,
   ended timestamptz,
   outcome text,
   problem text
 );
 CREATE INDEX run_source ON guarita.run (source, id);
 CREATE TABLE guarita.run_view (
   run bigint NOT NULL REFERENCES guarita.run ON DELETE CASCADE,
   view text NOT NULL,
   kind text NOT NULL,
   rows bigint NOT NULL,
   new bigint NOT NULL,
   changed bigint NOT NULL,
   unchanged bigint NOT NULL,
   removed bigint NOT NULL,
   quarantined bigint NOT NULL,
   seconds double precision NOT NULL,
   outcome text NOT NULL,
   problem text,
   PRIMARY KEY (run, view, kind)
 );

 -- What became of an answer (decidido.resposta): "carried-out", or "outdated" where the doubt was not as it was shown.
 CREATE TABLE guarita.answer (
   id uuid PRIMARY KEY,
   outcome text NOT NULL,
   at timestamptz NOT NULL
 );`;

export const forgottenRows = 'ALTER TABLE guarita.run_view ADD COLUMN forgotten bigint NOT NULL DEFAULT 0;';

/** Since when a source is taken off, because its state left; why is told at central's terminal alone. */
export const departures = 'ALTER TABLE guarita.source ADD COLUMN departed timestamptz;';

/** By which rule of the work plan a source is read: its agent (2), or its database by central (1, 5). */
export const sourceRules = 'ALTER TABLE guarita.source ADD COLUMN rule smallint;';

export const agreements = `ALTER TABLE guarita.source ADD COLUMN enrolled timestamptz;

 -- An invitation that its state has not answered. So an agreement is told before there is an agent.
 CREATE TABLE guarita.invitation (
   source text PRIMARY KEY,
   act text NOT NULL,
   act_begin timestamptz NOT NULL,
   act_end timestamptz NOT NULL,
   views text[] NOT NULL,
   invited timestamptz NOT NULL,
   expires timestamptz NOT NULL
 );`;
