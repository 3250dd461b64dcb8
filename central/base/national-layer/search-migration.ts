/**
 * By what people are looked for: made of `registro` and `outro_nome`, and made again from there at any time. Words are
 * told apart by the field that they stand in, since a body may not see some of them.
 */
export const searchIndex = `
 -- Words of names in their match form ("texto"), what they sound like ("som"), and what is left of them without a letter
 -- or two ("perto", as hashes): what is written nearly so leaves the same. Only words that some register has.
 CREATE TABLE nacional.palavra (
   id integer PRIMARY KEY, texto text COLLATE "C" NOT NULL UNIQUE, som text COLLATE "C" NOT NULL,
   perto integer[] NOT NULL
 );
 CREATE INDEX palavra_som ON nacional.palavra (som);
 CREATE INDEX palavra_perto ON nacional.palavra USING gin (perto) WITH (gin_pending_list_limit = 1024);

 -- A register by all that it is found by, each a number that says in which field it stands (search-keys.ts): words of its
 -- names in their order, day and year of birth, documents, state and kind.
 CREATE TABLE nacional.busca (registro uuid PRIMARY KEY, chaves integer[] NOT NULL);
 CREATE INDEX busca_chaves ON nacional.busca USING gin (chaves) WITH (gin_pending_list_limit = 1024);

 CREATE INDEX processo_numero ON nacional.processo (numero_cnj) WHERE numero_cnj IS NOT NULL;`;
