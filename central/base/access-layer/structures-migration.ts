import { appendOnly } from '../append-only.ts';

/** Structures of bodies with their history, sets of them, who works in which, and grants that two people decide. */
export const structures = `
 -- The body from which all others are looked after: one at most. "access init" makes it.
 ALTER TABLE acesso.orgao ADD COLUMN central boolean NOT NULL DEFAULT false;
 CREATE UNIQUE INDEX orgao_central ON acesso.orgao (central) WHERE central;
 UPDATE acesso.orgao SET central = true WHERE id = (SELECT id FROM acesso.orgao ORDER BY criado, id LIMIT 1);

 -- Counts what was changed of its structures and collections: a form says which number it was made for.
 ALTER TABLE acesso.orgao ADD COLUMN versao integer NOT NULL DEFAULT 0;
 CREATE INDEX estrutura_orgao ON acesso.estrutura (orgao) WHERE encerrada IS NULL;

 -- A named set of structures of one body, across its tree.
 CREATE TABLE acesso.colecao (
   id uuid PRIMARY KEY,
   orgao uuid NOT NULL REFERENCES acesso.orgao,
   nome text NOT NULL CHECK (nome <> ''),
   criada timestamptz NOT NULL,
   encerrada timestamptz,
   UNIQUE (orgao, id)
 );
 CREATE TABLE acesso.colecao_estrutura (
   orgao uuid NOT NULL,
   colecao uuid NOT NULL,
   estrutura uuid NOT NULL,
   desde timestamptz NOT NULL,
   ate timestamptz CHECK (ate >= desde),
   FOREIGN KEY (orgao, colecao) REFERENCES acesso.colecao (orgao, id),
   FOREIGN KEY (orgao, estrutura) REFERENCES acesso.estrutura (orgao, id)
 );
 CREATE UNIQUE INDEX colecao_estrutura_hoje ON acesso.colecao_estrutura (colecao, estrutura) WHERE ate IS NULL;
 CREATE INDEX colecao_estrutura_de ON acesso.colecao_estrutura (estrutura) WHERE ate IS NULL;

 -- What was done to a body, its structures and collections, in order: from what to what, as JSON. Who, null: at the terminal.
 CREATE TABLE acesso.estrutura_historia (
   numero bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
   orgao uuid NOT NULL REFERENCES acesso.orgao,
   estrutura uuid,
   colecao uuid,
   feito text NOT NULL,
   quando timestamptz NOT NULL,
   por uuid REFERENCES acesso.pessoa,
   de jsonb,
   para jsonb,
   motivo text,
   FOREIGN KEY (orgao, estrutura) REFERENCES acesso.estrutura (orgao, id),
   FOREIGN KEY (orgao, colecao) REFERENCES acesso.colecao (orgao, id)
 );
 CREATE INDEX estrutura_historia_orgao ON acesso.estrutura_historia (orgao, numero);
 CREATE INDEX estrutura_historia_quando ON acesso.estrutura_historia (orgao, quando);
 ${appendOnly('acesso.estrutura_historia')}

 -- In which structure somebody works, one of each body at a time.
 CREATE TABLE acesso.lotacao (
   id uuid PRIMARY KEY,
   pessoa uuid NOT NULL REFERENCES acesso.pessoa,
   orgao uuid NOT NULL,
   estrutura uuid NOT NULL,
   desde timestamptz NOT NULL,
   -- Who tied them; null: at the terminal.
   por uuid REFERENCES acesso.pessoa,
   ate timestamptz CHECK (ate >= desde),
   encerrada_por uuid REFERENCES acesso.pessoa,
   FOREIGN KEY (orgao, estrutura) REFERENCES acesso.estrutura (orgao, id)
 );
 CREATE UNIQUE INDEX lotacao_hoje ON acesso.lotacao (pessoa, orgao) WHERE ate IS NULL;
 CREATE INDEX lotacao_estrutura ON acesso.lotacao (estrutura);

 -- A grant that somebody proposes: a new one, one in the place of another, or the end of one. It counts once somebody else
 -- agrees, within its time.
 CREATE TABLE acesso.concessao_proposta (
   id uuid PRIMARY KEY,
   orgao uuid NOT NULL REFERENCES acesso.orgao,
   -- The one that ends.
   encerra uuid REFERENCES acesso.concessao,
   -- The one that begins, as acesso.concessao has it; null: only an end is proposed.
   acordo text CHECK (acordo <> ''),
   visoes text[],
   campos_sensiveis text[],
   campos_ocultos text[],
   ufs text[],
   finalidades text[],
   cota_pessoa integer CHECK (cota_pessoa > 0),
   cota_orgao integer CHECK (cota_orgao > 0),
   desde timestamptz,
   ate timestamptz CHECK (ate > desde),
   motivo text NOT NULL CHECK (motivo <> ''),
   proposta timestamptz NOT NULL,
   proposta_por uuid NOT NULL REFERENCES acesso.pessoa,
   prazo timestamptz NOT NULL CHECK (prazo > proposta),
   decidida timestamptz,
   decidida_por uuid REFERENCES acesso.pessoa CHECK (decidida_por <> proposta_por),
   aceita boolean,
   parecer text,
   concessao uuid REFERENCES acesso.concessao,
   CHECK (num_nulls(acordo, visoes, campos_sensiveis, campos_ocultos, ufs, finalidades, cota_pessoa, cota_orgao, desde, ate)
          IN (0, 10)),
   CHECK (acordo IS NOT NULL OR encerra IS NOT NULL),
   CHECK (num_nulls(decidida, decidida_por, aceita, parecer) IN (0, 4)),
   CHECK (concessao IS NULL OR aceita)
 );
 CREATE INDEX concessao_proposta_orgao ON acesso.concessao_proposta (orgao, proposta);

 -- By which it is told when a body was at work first.
 CREATE INDEX caso_orgao ON acesso.caso (orgao, desde);`;
