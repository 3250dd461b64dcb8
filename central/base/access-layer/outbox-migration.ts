/**
 * What is to be told to people outside, by mail or to another program, and what became of it: sent by "serve". A schema of its
 * own, since a letter may hold a link that lets somebody in, and the console reads all of `acesso`.
 */
export const outbox = `CREATE SCHEMA correio;

 CREATE TABLE correio.carta (
   numero bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
   meio text NOT NULL CHECK (meio IN ('correio', 'webhook')),
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
 CREATE INDEX carta_proxima ON correio.carta (meio, proxima) WHERE texto IS NOT NULL;
 CREATE INDEX carta_criada ON correio.carta (criada) WHERE texto IS NULL;

 -- What was told to whom, so that it is told once.
 CREATE TABLE correio.dito (
   chave text PRIMARY KEY,
   quando timestamptz NOT NULL
 );
 CREATE INDEX dito_quando ON correio.dito (quando);

 -- Whoever is given what anybody makes here (default privileges, as the console is) is not given this.
 DO $$
 DECLARE
   quem text;
 BEGIN
   FOR quem IN
     SELECT DISTINCT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END
       FROM (SELECT nspowner AS dono, (aclexplode(nspacl)).grantee FROM pg_namespace WHERE nspname = 'correio'
             UNION SELECT relowner, (aclexplode(relacl)).grantee FROM pg_class
                    WHERE relnamespace = 'correio'::regnamespace) AS dado
      WHERE grantee <> dono LOOP
     EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA correio FROM %s', quem);
     EXECUTE format('REVOKE ALL ON ALL SEQUENCES IN SCHEMA correio FROM %s', quem);
     EXECUTE format('REVOKE ALL ON SCHEMA correio FROM %s', quem);
   END LOOP;
 END $$;`;
