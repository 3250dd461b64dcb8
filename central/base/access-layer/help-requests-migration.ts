/** What people who were stuck asked: whoever answers is told by mail, and the number is what both speak of it by. */
export const helpRequests = `CREATE TABLE acesso.ajuda_pedida (
   id uuid PRIMARY KEY,
   protocolo text NOT NULL UNIQUE,
   -- Who asked and where they work; null: nobody had signed in.
   pessoa uuid REFERENCES acesso.pessoa,
   orgao uuid REFERENCES acesso.orgao,
   -- On which page, without what says whom it was about.
   pagina text NOT NULL,
   texto text NOT NULL CHECK (texto <> '' AND length(texto) <= 2000),
   -- Where the answer goes.
   email text NOT NULL CHECK (email <> ''),
   quando timestamptz NOT NULL
 );
 CREATE INDEX ajuda_pedida_pessoa ON acesso.ajuda_pedida (pessoa) WHERE pessoa IS NOT NULL;`;
