import { blankedOnly } from '../append-only.ts';

/**
 * Who may enter the console and what they looked at, schema `acesso`. Whoever serves the console writes here and, what
 * people say, in `decidido`; nowhere else.
 */
export const access = `CREATE SCHEMA acesso;

 -- A body: SENAPPEN, a state's secretariat, a public defender's office. With its end all that its people may ends.
 CREATE TABLE acesso.orgao (
   id uuid PRIMARY KEY,
   sigla text NOT NULL UNIQUE CHECK (sigla <> ''),
   nome text NOT NULL CHECK (nome <> ''),
   criado timestamptz NOT NULL,
   encerrado timestamptz
 );

 -- Its parts, as a tree.
 CREATE TABLE acesso.estrutura (
   id uuid PRIMARY KEY,
   orgao uuid NOT NULL REFERENCES acesso.orgao,
   acima uuid,
   nome text NOT NULL CHECK (nome <> ''),
   criada timestamptz NOT NULL,
   encerrada timestamptz,
   UNIQUE (orgao, id),
   FOREIGN KEY (orgao, acima) REFERENCES acesso.estrutura (orgao, id)
 );

 -- Whoever has an account, by CPF: digits alone.
 CREATE TABLE acesso.pessoa (
   id uuid PRIMARY KEY,
   cpf text NOT NULL UNIQUE CHECK (cpf ~ '^[0-9]{11}$'),
   nome text NOT NULL CHECK (nome <> ''),
   email text,
   telefone text,
   criada timestamptz NOT NULL,
   bloqueada timestamptz,
   -- Why, in the words of who did it.
   bloqueio text
 );

 -- A role that somebody has in a body, for a time. A person works in one body at a time, in all roles there.
 CREATE TABLE acesso.papel (
   id uuid PRIMARY KEY,
   pessoa uuid NOT NULL REFERENCES acesso.pessoa,
   orgao uuid NOT NULL REFERENCES acesso.orgao,
   estrutura uuid,
   papel text NOT NULL,
   desde timestamptz NOT NULL,
   ate timestamptz NOT NULL CHECK (ate > desde),
   -- Who gave it; null: at the terminal.
   dado_por uuid REFERENCES acesso.pessoa,
   encerrado timestamptz,
   encerrado_por uuid REFERENCES acesso.pessoa,
   FOREIGN KEY (orgao, estrutura) REFERENCES acesso.estrutura (orgao, id)
 );
 CREATE INDEX papel_pessoa ON acesso.papel (pessoa);
 CREATE INDEX papel_orgao ON acesso.papel (orgao);

 -- What a body may see, under which agreement, until when. Of the views named all that is not sensitive, without the
 -- hidden fields, and those sensitive ones that are named ("custodiado.cor_raca"). No states: all of them.
 CREATE TABLE acesso.concessao (
   id uuid PRIMARY KEY,
   orgao uuid NOT NULL REFERENCES acesso.orgao,
   acordo text NOT NULL CHECK (acordo <> ''),
   visoes text[] NOT NULL,
   campos_sensiveis text[] NOT NULL DEFAULT '{}',
   campos_ocultos text[] NOT NULL DEFAULT '{}',
   ufs text[] NOT NULL DEFAULT '{}',
   finalidades text[] NOT NULL,
   -- Most searches and records that are looked at in a day.
   cota_pessoa integer NOT NULL CHECK (cota_pessoa > 0),
   cota_orgao integer NOT NULL CHECK (cota_orgao > 0),
   desde timestamptz NOT NULL,
   ate timestamptz NOT NULL CHECK (ate > desde),
   criada timestamptz NOT NULL,
   encerrada timestamptz
 );
 CREATE INDEX concessao_orgao ON acesso.concessao (orgao);

 -- Somebody at work: known by the hash of what their browser holds. What is still to be done before it is of use
 -- is said by "etapa"; in which body it works, by "orgao", as soon as that is chosen.
 CREATE TABLE acesso.sessao (
   id uuid PRIMARY KEY,
   resumo bytea NOT NULL UNIQUE,
   pessoa uuid NOT NULL REFERENCES acesso.pessoa,
   etapa text NOT NULL CHECK (etapa IN ('trocar-senha', 'segundo-fator', 'cadastrar-fator', 'aberta')),
   meio text NOT NULL CHECK (meio IN ('senha', 'govbr')),
   -- Whether a second factor was shown, here or there.
   fator boolean NOT NULL DEFAULT false,
   orgao uuid REFERENCES acesso.orgao,
   criada timestamptz NOT NULL,
   usada timestamptz NOT NULL,
   -- Not a moment longer, whatever is done in it.
   limite timestamptz NOT NULL,
   encerrada timestamptz,
   fim text,
   endereco text NOT NULL,
   navegador text NOT NULL
 );
 CREATE INDEX sessao_pessoa ON acesso.sessao (pessoa) WHERE encerrada IS NULL;

 -- Why people are looked for: a purpose by its code, with what it refers to. Numbered within its session, and of the body
 -- that it was chosen in: the agreement of another one does not stand for it.
 CREATE TABLE acesso.caso (
   sessao uuid NOT NULL REFERENCES acesso.sessao,
   numero integer NOT NULL,
   orgao uuid NOT NULL REFERENCES acesso.orgao,
   finalidade text NOT NULL,
   referencia text NOT NULL CHECK (referencia <> ''),
   emergencia boolean NOT NULL DEFAULT false,
   desde timestamptz NOT NULL,
   PRIMARY KEY (sessao, numero)
 );

 -- What was said to be an emergency, and what came of its review.
 CREATE TABLE acesso.emergencia (
   id uuid PRIMARY KEY,
   sessao uuid NOT NULL,
   caso integer NOT NULL,
   pessoa uuid NOT NULL REFERENCES acesso.pessoa,
   orgao uuid NOT NULL REFERENCES acesso.orgao,
   motivo text NOT NULL CHECK (motivo <> ''),
   quando timestamptz NOT NULL,
   prazo timestamptz NOT NULL CHECK (prazo > quando),
   revista timestamptz,
   revista_por uuid REFERENCES acesso.pessoa CHECK (revista_por <> pessoa),
   justificada boolean,
   parecer text,
   UNIQUE (sessao, caso),
   FOREIGN KEY (sessao, caso) REFERENCES acesso.caso (sessao, numero),
   CHECK (num_nulls(revista, revista_por, justificada, parecer) IN (0, 4))
 );
 CREATE INDEX emergencia_pessoa ON acesso.emergencia (pessoa, quando);
 CREATE INDEX emergencia_aberta ON acesso.emergencia (prazo) WHERE revista IS NULL;

 -- Of who enters without Login Único. "resumo" is an argon2id hash as a text of the PHC form.
 CREATE TABLE acesso.senha (
   pessoa uuid PRIMARY KEY REFERENCES acesso.pessoa,
   resumo text NOT NULL,
   trocada timestamptz NOT NULL,
   -- A temporary one: until then, and to be changed.
   provisoria_ate timestamptz
 );

 -- A second factor: an authenticator's secret, sealed with the console's key, or a key that WebAuthn registered.
 CREATE TABLE acesso.fator (
   id uuid PRIMARY KEY,
   pessoa uuid NOT NULL REFERENCES acesso.pessoa,
   tipo text NOT NULL CHECK (tipo IN ('totp', 'webauthn')),
   nome text NOT NULL,
   segredo bytea,
   credencial text UNIQUE,
   chave bytea,
   -- Of TOTP the last step that was used, of WebAuthn the last count: neither is used twice.
   contador bigint NOT NULL DEFAULT 0,
   transportes text[] NOT NULL DEFAULT '{}',
   criado timestamptz NOT NULL,
   usado timestamptz,
   -- It counted backwards, so there is a copy of it.
   bloqueado timestamptz,
   -- What is secret of it is gone from then on.
   removido timestamptz,
   CHECK ((segredo IS NOT NULL) = (tipo = 'totp' AND removido IS NULL)),
   CHECK ((credencial IS NOT NULL) = (tipo = 'webauthn' AND removido IS NULL)),
   CHECK ((chave IS NOT NULL) = (tipo = 'webauthn' AND removido IS NULL))
 );
 CREATE INDEX fator_pessoa ON acesso.fator (pessoa) WHERE removido IS NULL;

 -- By what the console's key is known: something sealed with it, by the first console that served this base. All have it.
 CREATE TABLE acesso.chave (
   unica boolean PRIMARY KEY DEFAULT true CHECK (unica),
   prova bytea NOT NULL
 );

 -- What was asked of a browser and is to be answered once: a challenge of WebAuthn, the secret of an authenticator
 -- that is being registered (sealed), a sign-in that is under way at Login Único.
 CREATE TABLE acesso.desafio (
   resumo bytea PRIMARY KEY,
   tipo text NOT NULL,
   sessao uuid REFERENCES acesso.sessao,
   conteudo text NOT NULL,
   ate timestamptz NOT NULL
 );

 -- Failed tries: by account and by address, so that neither is guessed at; and browsers from which somebody entered
 -- before, which others' failures do not lock out.
 CREATE TABLE acesso.tentativa (
   alvo text PRIMARY KEY,
   falhas integer NOT NULL,
   -- Up to when failures are forgiven.
   ultima timestamptz NOT NULL,
   ate timestamptz NOT NULL
 );
 CREATE INDEX tentativa_ultima ON acesso.tentativa (ultima);
 CREATE TABLE acesso.navegador (
   resumo bytea NOT NULL,
   pessoa uuid NOT NULL REFERENCES acesso.pessoa,
   usado timestamptz NOT NULL,
   PRIMARY KEY (resumo, pessoa)
 );

 -- How much was looked at in a day of Brasília, which consoles count together: by person, and without one by body.
 CREATE TABLE acesso.uso (
   orgao uuid NOT NULL REFERENCES acesso.orgao,
   pessoa uuid REFERENCES acesso.pessoa,
   dia date NOT NULL,
   buscas integer NOT NULL DEFAULT 0,
   registros integer NOT NULL DEFAULT 0,
   -- Of both together, those at night or on a weekend.
   fora_de_hora integer NOT NULL DEFAULT 0,
   -- Requests that were refused for what somebody may not do.
   recusas integer NOT NULL DEFAULT 0,
   UNIQUE NULLS NOT DISTINCT (orgao, pessoa, dia)
 );
 CREATE INDEX uso_dia ON acesso.uso (dia);

 -- Records at which nobody looks without an auditor seeing it, by the id that looks are written down with.
 CREATE TABLE acesso.vigiado (
   registro text PRIMARY KEY,
   motivo text NOT NULL CHECK (motivo <> ''),
   desde timestamptz NOT NULL,
   por uuid REFERENCES acesso.pessoa
 );

 -- What an auditor should see, by the rule that noticed it: once a day of whom it tells.
 CREATE TABLE acesso.alarme (
   id uuid PRIMARY KEY,
   regra text NOT NULL,
   pessoa uuid REFERENCES acesso.pessoa,
   orgao uuid REFERENCES acesso.orgao,
   dia date NOT NULL,
   quando timestamptz NOT NULL,
   medida integer NOT NULL,
   limite integer NOT NULL,
   visto timestamptz,
   visto_por uuid REFERENCES acesso.pessoa CHECK (visto_por <> pessoa),
   parecer text,
   UNIQUE NULLS NOT DISTINCT (regra, pessoa, orgao, dia),
   CHECK (num_nulls(visto, visto_por, parecer) IN (0, 3))
 );
 CREATE INDEX alarme_aberto ON acesso.alarme (quando) WHERE visto IS NULL;

 -- What was done, as entries of a journal (see shared/journal): each with the hash of itself and of the one before.
 -- "corpo" is what is hashed; what was asked for and which records were shown is in "termos", of which the hashed text
 -- has a salted digest.
 CREATE TABLE acesso.auditoria (
   numero bigint PRIMARY KEY,
   quando text NOT NULL,
   tipo text NOT NULL CHECK (tipo IN ('request', 'event')),
   corpo text NOT NULL,
   elo text NOT NULL,
   sal text,
   termos text
 );
 CREATE INDEX auditoria_quando ON acesso.auditoria (quando, numero);
 CREATE INDEX auditoria_quem ON acesso.auditoria ((corpo::jsonb ->> 'person'), numero);
 CREATE INDEX auditoria_orgao ON acesso.auditoria ((corpo::jsonb ->> 'body'), numero);
 CREATE INDEX auditoria_evento ON acesso.auditoria ((corpo::jsonb ->> 'event'), numero);
 CREATE INDEX auditoria_finalidade ON acesso.auditoria ((corpo::jsonb ->> 'purpose'), numero);
 CREATE INDEX auditoria_registro ON acesso.auditoria USING gin ((termos::jsonb -> 'records'));
 CREATE INDEX auditoria_procurado ON acesso.auditoria USING hash (lower(btrim(termos::jsonb ->> 'record')))
   WHERE lower(btrim(termos::jsonb ->> 'record')) IS NOT NULL;
 ${blankedOnly('acesso.auditoria', ['sal', 'termos'])}
 -- Whoever may add to it adds behind the last entry, and nothing that would keep others from being written or signed.
 CREATE FUNCTION acesso.so_continua() RETURNS trigger LANGUAGE plpgsql AS $$
 DECLARE
   ultimo record;
 BEGIN
   SELECT numero, quando INTO ultimo FROM acesso.auditoria ORDER BY numero DESC LIMIT 1;
   IF NEW.numero IS DISTINCT FROM coalesce(ultimo.numero, 0) + 1 OR NEW.quando < ultimo.quando
      OR to_char(NEW.quando::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') IS DISTINCT FROM NEW.quando
      -- One of a far day would be told of all that follow.
      OR NEW.quando::timestamptz > clock_timestamp() + interval '10 minutes'
      OR jsonb_typeof(NEW.corpo::jsonb) IS DISTINCT FROM 'object' THEN
     RAISE EXCEPTION 'acesso: append-only' USING ERRCODE = 'insufficient_privilege';
   END IF;
   RETURN NEW;
 END $$;
 CREATE TRIGGER so_continua BEFORE INSERT ON acesso.auditoria
   FOR EACH ROW EXECUTE FUNCTION acesso.so_continua();
 ALTER TABLE acesso.auditoria ENABLE ALWAYS TRIGGER so_continua;

 -- The last entry of a day so far, signed by central's key, which no console has. Of a day only a later one takes its place.
 CREATE TABLE acesso.auditoria_dia (
   dia date PRIMARY KEY,
   numero bigint NOT NULL,
   elo text NOT NULL,
   chave text NOT NULL,
   assinatura text NOT NULL
 );
 CREATE FUNCTION acesso.so_avanca() RETURNS trigger LANGUAGE plpgsql AS $$
 BEGIN
   IF NEW.dia <> OLD.dia OR NEW.numero < OLD.numero THEN
     RAISE EXCEPTION 'acesso: append-only' USING ERRCODE = 'insufficient_privilege';
   END IF;
   RETURN NEW;
 END $$;
 CREATE TRIGGER somente_acrescenta BEFORE DELETE OR TRUNCATE ON acesso.auditoria_dia
   FOR EACH STATEMENT EXECUTE FUNCTION decidido.somente_acrescenta();
 CREATE TRIGGER so_avanca BEFORE UPDATE ON acesso.auditoria_dia
   FOR EACH ROW EXECUTE FUNCTION acesso.so_avanca();
 ALTER TABLE acesso.auditoria_dia ENABLE ALWAYS TRIGGER somente_acrescenta, ENABLE ALWAYS TRIGGER so_avanca;

 -- Whether an article of help was of help, once a person.
 CREATE TABLE acesso.voto (
   artigo text NOT NULL,
   pessoa uuid NOT NULL REFERENCES acesso.pessoa,
   util boolean NOT NULL,
   quando timestamptz NOT NULL,
   PRIMARY KEY (artigo, pessoa)
 );`;
