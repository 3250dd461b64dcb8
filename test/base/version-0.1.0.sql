-- A base as version 0.1.0 left it: two sources of made-up people, loaded by that version into a PostgreSQL 15 and
-- written out by pg_dump --inserts. Where it no longer migrates, a released migration was edited.
CREATE SCHEMA fonte_al;

CREATE SCHEMA fonte_ro;

CREATE SCHEMA guarita;

CREATE TABLE fonte_al.pessoa (
    _digest bigint NOT NULL,
    _change bigint NOT NULL,
    _first_seen timestamp with time zone NOT NULL,
    _last_changed timestamp with time zone NOT NULL,
    _removed timestamp with time zone,
    _removed_run bigint,
    id text NOT NULL COLLATE pg_catalog."C",
    nome text,
    atualizado_em text
);

CREATE TABLE fonte_ro.pessoa (
    _digest bigint NOT NULL,
    _change bigint NOT NULL,
    _first_seen timestamp with time zone NOT NULL,
    _last_changed timestamp with time zone NOT NULL,
    _removed timestamp with time zone,
    _removed_run bigint,
    "matrícula" text NOT NULL COLLATE pg_catalog."C",
    "Nome ""social""" text,
    em text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE guarita.base (
    id uuid DEFAULT gen_random_uuid() NOT NULL
);

CREATE SEQUENCE guarita.change
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE guarita.migration (
    version integer NOT NULL,
    applied timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE guarita.quarantine (
    source text NOT NULL,
    view text NOT NULL,
    digest bigint NOT NULL,
    copies integer NOT NULL,
    key text[] COLLATE pg_catalog."C",
    key_mark smallint[] NOT NULL,
    code text NOT NULL,
    reason text NOT NULL,
    columns text[] NOT NULL,
    row_values text[],
    mark smallint[],
    load bigint NOT NULL,
    run bigint NOT NULL,
    opened timestamp with time zone NOT NULL,
    last_seen timestamp with time zone NOT NULL,
    resolved timestamp with time zone,
    resolved_run bigint
);

CREATE TABLE guarita.view (
    source text NOT NULL,
    view text NOT NULL,
    key text[] NOT NULL,
    columns jsonb NOT NULL,
    fingerprint text NOT NULL,
    epoch text NOT NULL,
    loads bigint DEFAULT 0 NOT NULL,
    first_described timestamp with time zone DEFAULT now() NOT NULL,
    last_described timestamp with time zone DEFAULT now() NOT NULL,
    last_loaded timestamp with time zone,
    cursor text,
    cycle_complete boolean DEFAULT false NOT NULL,
    rows bigint DEFAULT 0 NOT NULL
);

INSERT INTO fonte_al.pessoa VALUES (4492409455147234115, 1, '2026-11-29 01:04:36.096225+00', '2026-11-29 01:04:36.096225+00', NULL, NULL, '1', 'PESSOA 1', '1');
INSERT INTO fonte_al.pessoa VALUES (-2125430383436325548, 2, '2026-11-29 01:04:36.096225+00', '2026-11-29 01:04:36.096225+00', NULL, NULL, '2', 'D''ÁVILA	\ 
', '2');
INSERT INTO fonte_al.pessoa VALUES (1357197857268444922, 5, '2026-11-29 01:04:36.096225+00', '2026-11-29 01:04:36.096225+00', NULL, NULL, '5', NULL, '5');
INSERT INTO fonte_al.pessoa VALUES (-7020351514775496718, 6, '2026-11-29 01:04:36.096225+00', '2026-11-29 01:04:36.121787+00', NULL, NULL, '3', 'PESSOA 3 MUDADA', '3');
INSERT INTO fonte_al.pessoa VALUES (1388941256176540924, 8, '2026-11-29 01:04:36.096225+00', '2026-11-29 01:04:36.096225+00', '2026-11-29 01:04:36.156569+00', 1, '4', 'PESSOA 4', '4');
INSERT INTO fonte_al.pessoa VALUES (-717394983700913943, 10, '2026-11-29 01:04:36.121787+00', '2026-11-29 01:04:36.189684+00', NULL, NULL, '7', 'PESSOA 7', '7');
INSERT INTO fonte_al.pessoa VALUES (2054145815988895094, 11, '2026-11-29 01:04:36.217409+00', '2026-11-29 01:04:36.217409+00', NULL, NULL, '9', 'PESSOA 9', '9');

INSERT INTO fonte_ro.pessoa VALUES (4219697248668370365, 12, '2026-11-29 01:04:36.280357+00', '2026-11-29 01:04:36.280357+00', NULL, NULL, 'a', 'X', '1');
INSERT INTO fonte_ro.pessoa VALUES (-5295745955081674371, 13, '2026-11-29 01:04:36.280357+00', '2026-11-29 01:04:36.280357+00', NULL, NULL, 'a', 'Y', '2');

INSERT INTO guarita.base VALUES ('18d1faa5-138d-4523-8726-69a7de1ceefe');

INSERT INTO guarita.migration VALUES (1, '2026-11-29 01:04:35.998884+00');
INSERT INTO guarita.migration VALUES (2, '2026-11-29 01:04:35.998884+00');

INSERT INTO guarita.quarantine VALUES ('AL', 'pessoa', -5566267210825280234, 1, '{NULL}', '{}', 'key-empty', 'id', '{id,nome,atualizado_em}', '{NULL,"SEM CHAVE",6}', NULL, 2, 1, '2026-11-29 01:04:36.121787+00', '2026-11-29 01:04:36.121787+00', NULL, NULL);
INSERT INTO guarita.quarantine VALUES ('AL', 'pessoa', -7557773295427210552, 1, '{NULL}', '{}', 'key-empty', 'id', '{id,nome,atualizado_em}', '{NULL,"SEM CHAVE",8}', NULL, 5, 1, '2026-11-29 01:04:36.217409+00', '2026-11-29 01:04:36.217409+00', NULL, NULL);

INSERT INTO guarita.view VALUES ('AL', 'pessoa', '{id}', '[{"name": "id", "type": "text", "nullable": true}, {"name": "nome", "type": "text", "nullable": true}, {"name": "atualizado_em", "type": "text", "nullable": true}]', 'pessoa(id,nome,atualizado_em)', 'first', 5, '2026-11-29 01:04:36.076594+00', '2026-11-29 01:04:36.076594+00', '2026-11-29 01:04:36.217409+00', 'the end', true, 6);
INSERT INTO guarita.view VALUES ('RO', 'pessoa', '{matrícula,em}', '[{"name": "matrícula", "type": "text", "nullable": true}, {"name": "Nome \"social\"", "type": "text", "nullable": true}, {"name": "em", "type": "text", "nullable": true}]', 'pessoa(matrícula,Nome "social",em)', 'second', 1, '2026-11-29 01:04:36.245889+00', '2026-11-29 01:04:36.245889+00', '2026-11-29 01:04:36.280357+00', 'after 0', false, 2);

SELECT pg_catalog.setval('guarita.change', 13, true);

ALTER TABLE ONLY fonte_al.pessoa
    ADD CONSTRAINT pessoa_pkey PRIMARY KEY (id);

ALTER TABLE ONLY fonte_ro.pessoa
    ADD CONSTRAINT pessoa_pkey PRIMARY KEY ("matrícula", em);

ALTER TABLE ONLY guarita.base
    ADD CONSTRAINT base_pkey PRIMARY KEY (id);

ALTER TABLE ONLY guarita.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (version);

ALTER TABLE ONLY guarita.quarantine
    ADD CONSTRAINT quarantine_pkey PRIMARY KEY (source, view, digest);

ALTER TABLE ONLY guarita.view
    ADD CONSTRAINT view_pkey PRIMARY KEY (source, view);

CREATE INDEX pessoa__change_idx ON fonte_al.pessoa USING brin (_change);

CREATE INDEX pessoa__change_idx ON fonte_ro.pessoa USING brin (_change);

CREATE INDEX quarantine_open ON guarita.quarantine USING btree (source, view) WHERE (resolved IS NULL);
