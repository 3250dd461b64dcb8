import { appendOnly } from '../append-only.ts';

/**
 * What people say, schema `decidido`: it can be made from nothing else, so it is only ever added to. The database
 * refuses the rest to everybody who does not first take its rule away.
 */
export const answers = `CREATE SCHEMA IF NOT EXISTS decidido;

 CREATE FUNCTION decidido.somente_acrescenta() RETURNS trigger LANGUAGE plpgsql AS $$
 BEGIN
   RAISE EXCEPTION 'decidido: append-only' USING ERRCODE = 'insufficient_privilege';
 END $$;

 -- Answers to what waits for a decision (guarita.attention). Source, view, code, subject and reference are those of the
 -- very doubt that a person was shown. "por_meio" is what it was said through: "command" or "console". What became of
 -- an answer is in guarita.answer.
 CREATE TABLE decidido.resposta (
   id uuid PRIMARY KEY,
   numero bigint NOT NULL GENERATED ALWAYS AS IDENTITY UNIQUE,
   fonte text NOT NULL,
   visao text NOT NULL,
   codigo text NOT NULL,
   assunto text NOT NULL,
   referencia text NOT NULL,
   resposta text NOT NULL CHECK (resposta IN ('accepted', 'refused')),
   quem text NOT NULL CHECK (quem <> ''),
   por_meio text NOT NULL,
   motivo text,
   quando timestamptz NOT NULL CHECK (isfinite(quando))
 );
 ${appendOnly('decidido.resposta')}`;

/** What people make of the words of a state: by column (`custodia.regime`) and its form (`wordForm`), the last one holds. */
export const codeMaps = `CREATE TABLE decidido.de_para (
   id uuid PRIMARY KEY,
   numero bigint NOT NULL GENERATED ALWAYS AS IDENTITY UNIQUE,
   fonte text NOT NULL,
   campo text NOT NULL,
   valor text NOT NULL,
   codigo text,
   quem text NOT NULL CHECK (quem <> ''),
   por_meio text NOT NULL,
   motivo text,
   quando timestamptz NOT NULL CHECK (isfinite(quando))
 );
 CREATE INDEX de_para_fonte ON decidido.de_para (fonte, numero);
 ${appendOnly('decidido.de_para')}`;

/**
 * That somebody was forgotten, by whose order: proof without a value of theirs. "lapide" is their tombstone
 * (guarita.tombstone), "natal" that of their national id, which stays reserved. What went is told row by row of
 * "esquecido", as it went: how many of which table; the last one is "fim", when nothing was left.
 */
export const orders = `CREATE TABLE decidido.esquecimento (
   id uuid PRIMARY KEY,
   numero bigint NOT NULL GENERATED ALWAYS AS IDENTITY UNIQUE,
   fonte text NOT NULL,
   visao text NOT NULL,
   lapide bytea NOT NULL,
   natal bytea NOT NULL,
   ordem text NOT NULL CHECK (ordem <> ''),
   quem text NOT NULL CHECK (quem <> ''),
   por_meio text NOT NULL,
   quando timestamptz NOT NULL DEFAULT now(),
   UNIQUE (fonte, lapide)
 );
 ${appendOnly('decidido.esquecimento')}

 CREATE TABLE decidido.esquecido (
   numero bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
   esquecimento uuid NOT NULL REFERENCES decidido.esquecimento,
   tabela text NOT NULL,
   linhas bigint NOT NULL,
   quando timestamptz NOT NULL DEFAULT now()
 );
 CREATE INDEX esquecido_de ON decidido.esquecido (esquecimento);
 ${appendOnly('decidido.esquecido')}`;

/**
 * What people say of two registers (`natal_id`), and which model linkage goes by. A row either says something of a pair or
 * revokes an earlier one. "elo" chains each row to the one before it: the SHA-256 of that one's and of this one's, in which
 * "conteudo" stands for what it says (the SHA-256 of it and of "sal", a random number). So of somebody who is forgotten it
 * can be blanked what was said, which is all that may ever be done to a row, and the chain holds.
 */
export const linkDecisions = `CREATE TABLE decidido.vinculo (
   numero bigint PRIMARY KEY,
   a uuid, b uuid, diz text CHECK (diz IN ('same', 'distinct', 'unsure')),
   revoga bigint UNIQUE REFERENCES decidido.vinculo,
   quem text NOT NULL CHECK (quem <> ''),
   por_meio text NOT NULL,
   motivo text CHECK (motivo <> ''),
   quando timestamptz NOT NULL,
   sal bytea,
   conteudo bytea NOT NULL,
   elo bytea NOT NULL,
   CHECK (CASE WHEN sal IS NULL THEN num_nonnulls(a, b, diz, motivo) = 0
               WHEN revoga IS NULL THEN a < b AND diz IS NOT NULL AND motivo IS NOT NULL
               ELSE num_nonnulls(a, b, diz) = 0 AND revoga < numero AND motivo IS NOT NULL END)
 );
 CREATE INDEX vinculo_a ON decidido.vinculo (a, b);
 CREATE INDEX vinculo_b ON decidido.vinculo (b, a);

 CREATE FUNCTION decidido.so_apaga_o_dito() RETURNS trigger LANGUAGE plpgsql AS $$
 BEGIN
   OLD.a := NULL; OLD.b := NULL; OLD.diz := NULL; OLD.motivo := NULL; OLD.sal := NULL;
   IF NEW IS DISTINCT FROM OLD THEN
     RAISE EXCEPTION 'decidido: append-only' USING ERRCODE = 'insufficient_privilege';
   END IF;
   RETURN NEW;
 END $$;
 CREATE TRIGGER somente_acrescenta BEFORE DELETE OR TRUNCATE ON decidido.vinculo
   FOR EACH STATEMENT EXECUTE FUNCTION decidido.somente_acrescenta();
 CREATE TRIGGER so_apaga_o_dito BEFORE UPDATE ON decidido.vinculo
   FOR EACH ROW EXECUTE FUNCTION decidido.so_apaga_o_dito();
 ALTER TABLE decidido.vinculo ENABLE ALWAYS TRIGGER somente_acrescenta, ENABLE ALWAYS TRIGGER so_apaga_o_dito;

 -- Models that were trained ("modelo" as linkage reads it), and which was adopted when; the last one is in force.
 CREATE TABLE decidido.modelo (
   versao text PRIMARY KEY CHECK (versao <> ''),
   modelo jsonb NOT NULL,
   quem text NOT NULL CHECK (quem <> ''),
   por_meio text NOT NULL,
   quando timestamptz NOT NULL
 );
 ${appendOnly('decidido.modelo')}
 CREATE TABLE decidido.modelo_adotado (
   numero bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
   versao text NOT NULL REFERENCES decidido.modelo,
   quem text NOT NULL CHECK (quem <> ''),
   por_meio text NOT NULL,
   motivo text NOT NULL CHECK (motivo <> ''),
   quando timestamptz NOT NULL
 );
 ${appendOnly('decidido.modelo_adotado')}`;
