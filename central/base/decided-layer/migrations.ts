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
 CREATE TRIGGER somente_acrescenta BEFORE UPDATE OR DELETE OR TRUNCATE ON decidido.resposta
   FOR EACH STATEMENT EXECUTE FUNCTION decidido.somente_acrescenta();
 ALTER TABLE decidido.resposta ENABLE ALWAYS TRIGGER somente_acrescenta;`;
