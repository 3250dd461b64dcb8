/** What is to be told to people outside, by mail or to another program, and became of it: written here, sent by "serve". */
export const outbox = `
 CREATE TABLE acesso.saida (
   numero bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
   meio text NOT NULL CHECK (meio IN ('correio', 'webhook')),
   -- What it tells, and to whom: it is told once.
   chave text NOT NULL UNIQUE,
   para text NOT NULL,
   assunto text NOT NULL,
   -- Gone once it is sent or given up: it may hold a link that lets somebody in.
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
 CREATE INDEX saida_proxima ON acesso.saida (proxima) WHERE texto IS NOT NULL;
 CREATE INDEX saida_criada ON acesso.saida (criada) WHERE texto IS NULL;`;
