/**
 * That a role holds for so long only as somebody looked at it anew, and who did; and since when somebody who was blocked may
 * enter again. Who says so is never the one whom it is about.
 */
export const recertification = `
 -- When it was last looked at anew; null: since it was given nobody has.
 ALTER TABLE acesso.papel ADD COLUMN recertificado timestamptz;
 ALTER TABLE acesso.papel ADD UNIQUE (id, pessoa);
 -- Nobody looked at roles anew before: what would not hold from one click to the next has the time of notice left.
 UPDATE acesso.papel SET recertificado = now() - interval '153 days' WHERE desde < now() - interval '153 days';

 -- What somebody said of a role as its half-year came to an end. A role with power needs the word of two.
 CREATE TABLE acesso.recertificacao (
   id uuid PRIMARY KEY,
   papel uuid NOT NULL,
   pessoa uuid NOT NULL,
   -- Null: at the terminal.
   por uuid REFERENCES acesso.pessoa CHECK (por <> pessoa),
   quando timestamptz NOT NULL,
   motivo text NOT NULL CHECK (motivo <> ''),
   FOREIGN KEY (papel, pessoa) REFERENCES acesso.papel (id, pessoa)
 );
 CREATE INDEX recertificacao_papel ON acesso.recertificacao (papel, quando);

 ALTER TABLE acesso.pessoa ADD COLUMN desbloqueada timestamptz;
 -- Nor was anybody kept out for doing nothing.
 UPDATE acesso.pessoa SET desbloqueada = now();
 -- Null: at the terminal.
 ALTER TABLE acesso.pessoa ADD COLUMN desbloqueada_por uuid REFERENCES acesso.pessoa CHECK (desbloqueada_por <> id);

 -- By which it is found when somebody was last at work.
 CREATE INDEX sessao_uso ON acesso.sessao (pessoa, usada) WHERE etapa = 'aberta';`;
