/**
 * What is to be told to people outside, by mail or to another program, and what became of it: sent by "serve". A schema of its
 * own, since a letter may hold a link that lets somebody in, and the console reads all of `acesso`.
 */
export const outbox = `CREATE SCHEMA correio;

 CREATE TABLE correio.carta (
   numero bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
   meio text NOT NULL CHECK (meio IN ('correio', 'webhook')),
   -- What it tells, and to whom: it is told once.
   chave text NOT NULL UNIQUE,
   para text NOT NULL,
   assunto text NOT NULL,
   -- Gone once it is sent or given up.
   texto text,
   criada timestamptz NOT NULL,
   -- When it is tried next, and up to when.
   proxima timestamptz NOT NULL,
   prazo timestamptz NOT NULL,
   tentativas integer NOT NULL DEFAULT 0,
   -- Code of the problem that the last try met.
   problema text,
   enviada timestamptz,
   desistida timestamptz,
   CHECK (num_nonnulls(texto, enviada, desistida) = 1)
 );
 CREATE INDEX carta_proxima ON correio.carta (proxima) WHERE texto IS NOT NULL;
 CREATE INDEX carta_criada ON correio.carta (criada) WHERE texto IS NULL;`;
