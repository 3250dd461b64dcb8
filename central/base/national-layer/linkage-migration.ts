/** Places of the rules in `nacional.chave`, from 1: as many as linkage had when the table was made. */
export const keyPlaces = Array.from({ length: 17 }, (_, at) => at + 1);

/** What linkage knows of registers, by their `natal_id`: all of it follows from `registro`, the model and the decisions. */
export const linkage = `
 CREATE UNIQUE INDEX registro_natal ON nacional.registro (natal_id);
 CREATE INDEX registro_fonte ON nacional.registro (fonte, natal_id);

 -- By what a register is found, a number for each blocking rule; null where it has none. "resumo" is of all that is
 -- compared of it; null where it was something else when others were compared with it.
 CREATE TABLE nacional.chave (
   registro uuid PRIMARY KEY, resumo bigint, ${keyPlaces.map((place) => `k${place} integer`).join(', ')}
 );
 ${keyPlaces.map((place) => `CREATE INDEX chave_${place} ON nacional.chave (k${place}) WHERE k${place} IS NOT NULL;`).join('\n ')}

 -- Keys that too many have: nobody is found by them. "regra" is the place of the rule, from 1.
 CREATE TABLE nacional.chave_comum (
   regra smallint NOT NULL, chave integer NOT NULL, PRIMARY KEY (regra, chave)
 );

 -- Pairs that weigh so much that a person would be asked, in bits, and what speaks against them ("veto", 0 for nothing);
 -- "entre": of two kinds, who may be one and are never merged.
 CREATE TABLE nacional.par (
   a uuid NOT NULL, b uuid NOT NULL, peso double precision NOT NULL, veto smallint NOT NULL, entre boolean NOT NULL,
   PRIMARY KEY (a, b), CHECK (a < b)
 );
 CREATE INDEX par_b ON nacional.par (b, a);

 -- Registers that would come to too large a person, or to too many pairs, by the first of them: a person has to look.
 CREATE TABLE nacional.grupo_grande (registro uuid PRIMARY KEY, primeiro uuid NOT NULL);
 CREATE INDEX grupo_grande_primeiro ON nacional.grupo_grande (primeiro);

 -- That a register moved from one person to another, by which model and which decisions among its registers. When we saw
 -- it: not made again.
 CREATE TABLE nacional.evento_pessoa (
   numero bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY, registro uuid NOT NULL, de uuid NOT NULL, para uuid NOT NULL,
   modelo text NOT NULL, decisoes bigint[] NOT NULL, quando timestamptz NOT NULL DEFAULT now()
 );
 CREATE INDEX evento_pessoa_registro ON nacional.evento_pessoa (registro);
 CREATE INDEX evento_pessoa_de ON nacional.evento_pessoa (de);
 CREATE INDEX evento_pessoa_para ON nacional.evento_pessoa (para);`;

/**
 * What is compared of a register stands beside its keys ("forma"): who is compared with it reads one table, and pairs
 * always follow from what their registers said when they were found. "lugar" is where it is compared: beside those whose
 * name is alike, so that a step meets those of its own registers again and not others for each. All are linked anew.
 */
export const comparedForms = `
 TRUNCATE nacional.chave, nacional.chave_comum;
 ALTER TABLE nacional.chave DROP COLUMN resumo, ADD COLUMN forma text NOT NULL, ADD COLUMN lugar uuid NOT NULL;
 CREATE INDEX chave_lugar ON nacional.chave (lugar);
 DELETE FROM nacional.fila WHERE assunto = 'par';
 DELETE FROM nacional.varredura WHERE assunto = 'par';`;
