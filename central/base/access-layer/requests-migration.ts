import { appendOnly } from '../append-only.ts';

/** How somebody comes to a role: what they asked for, what was done with it, and who says yes for a body. */
export const requests = `
 -- Who answers for a body and says yes to whoever asks for access in it. One at a time; who was it before stays.
 CREATE TABLE acesso.autoridade (
   id uuid PRIMARY KEY,
   orgao uuid NOT NULL REFERENCES acesso.orgao,
   nome text NOT NULL CHECK (nome <> ''),
   cargo text NOT NULL CHECK (cargo <> ''),
   email text NOT NULL CHECK (email <> ''),
   -- By which it is seen that nobody says yes to themselves.
   cpf text NOT NULL CHECK (cpf ~ '^[0-9]{11}$'),
   desde timestamptz NOT NULL,
   -- Who said so; null: at the terminal.
   por uuid REFERENCES acesso.pessoa,
   encerrada timestamptz
 );
 CREATE UNIQUE INDEX autoridade_orgao ON acesso.autoridade (orgao) WHERE encerrada IS NULL;

 -- What somebody asks for: an address first, the rest once it is confirmed.
 CREATE TABLE acesso.pedido (
   id uuid PRIMARY KEY,
   -- As it was given, its domain in small letters.
   email text NOT NULL CHECK (email <> ''),
   -- Who was signed in when they asked.
   pessoa uuid REFERENCES acesso.pessoa,
   orgao uuid NOT NULL REFERENCES acesso.orgao,
   criado timestamptz NOT NULL,
   nome text,
   cpf text CHECK (cpf ~ '^[0-9]{11}$'),
   estrutura uuid,
   papel text,
   motivo text,
   telefone text,
   -- Whose account it came to.
   conta uuid REFERENCES acesso.pessoa,
   CHECK (num_nulls(nome, cpf, papel, motivo, telefone) IN (0, 5)),
   CHECK (estrutura IS NULL OR papel IS NOT NULL),
   CHECK (conta IS NULL OR papel IS NOT NULL),
   FOREIGN KEY (orgao, estrutura) REFERENCES acesso.estrutura (orgao, id)
 );
 CREATE INDEX pedido_email ON acesso.pedido (email, criado);
 CREATE INDEX pedido_criado ON acesso.pedido (criado, id);
 CREATE INDEX pedido_pessoa ON acesso.pedido (pessoa) WHERE pessoa IS NOT NULL;
 CREATE INDEX pedido_conta ON acesso.pedido (conta) WHERE conta IS NOT NULL;

 -- What was done with it, by whom: of these and the clock it is known what it waits for (request-state.ts).
 CREATE TABLE acesso.pedido_passo (
   pedido uuid NOT NULL REFERENCES acesso.pedido,
   numero integer NOT NULL,
   passo text NOT NULL CHECK (passo IN ('pedido', 'link', 'confirmado', 'formulario', 'autorizado', 'documento',
     'negado', 'aprovado', 'recusado', 'senha', 'desistiu')),
   quando timestamptz NOT NULL,
   -- Who was signed in; or who it was by name and office.
   pessoa uuid REFERENCES acesso.pessoa,
   quem text,
   texto text,
   -- Of a signed document.
   nup text,
   codigo text,
   assinado date,
   -- Of an approval: the end of the role.
   ate timestamptz,
   CHECK (num_nulls(nup, codigo, assinado) = CASE passo WHEN 'documento' THEN 0 ELSE 3 END),
   CHECK (passo NOT IN ('autorizado', 'negado', 'recusado') OR texto IS NOT NULL),
   CHECK (passo NOT IN ('documento', 'aprovado', 'recusado') OR pessoa IS NOT NULL),
   CHECK ((passo = 'aprovado') = (ate IS NOT NULL)),
   PRIMARY KEY (pedido, numero)
 );
 ${appendOnly('acesso.pedido_passo')}

 -- Whom a request was brought before: its link is of no use once another takes their place.
 CREATE TABLE acesso.pedido_autoridade (
   id uuid PRIMARY KEY,
   pedido uuid NOT NULL REFERENCES acesso.pedido,
   autoridade uuid NOT NULL REFERENCES acesso.autoridade,
   quando timestamptz NOT NULL
 );
 CREATE INDEX pedido_autoridade_pedido ON acesso.pedido_autoridade (pedido);

 -- A link of a letter about these, by its digest: made by serve, which alone knows it, and of use once.
 CREATE TABLE acesso.pedido_link (
   resumo bytea PRIMARY KEY,
   tipo text NOT NULL,
   sobre uuid NOT NULL,
   criado timestamptz NOT NULL,
   ate timestamptz NOT NULL
 );
 CREATE TABLE acesso.pedido_link_usado (
   resumo bytea PRIMARY KEY REFERENCES acesso.pedido_link,
   quando timestamptz NOT NULL
 );`;
