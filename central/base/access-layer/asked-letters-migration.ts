/**
 * Letters that pages ask for: which, and about what. `serve` writes them, so whoever serves the console knows neither a
 * link that lets somebody in, nor a temporary password, nor can send words of their own. One of a kind about the same waits
 * at a time.
 */
export const askedLetters = `CREATE TABLE acesso.carta_pedida (
   id uuid PRIMARY KEY,
   tipo text NOT NULL,
   sobre uuid NOT NULL,
   criada timestamptz NOT NULL,
   escrita timestamptz,
   -- Of no use any more, or nobody to write to.
   desistida timestamptz,
   CHECK (num_nonnulls(escrita, desistida) <= 1)
 );
 CREATE UNIQUE INDEX carta_pedida_aberta ON acesso.carta_pedida (tipo, sobre)
   WHERE escrita IS NULL AND desistida IS NULL;
 CREATE INDEX carta_pedida_criada ON acesso.carta_pedida (criada);`;
