/**
 * What treatment makes of the source layer, schema `nacional`: all of it can be made again from there and from
 * `decidido`. Columns are in Portuguese, as the standard views have them (`shared/dictionary/`), and typed.
 */
export const national = `CREATE SCHEMA nacional;

 -- Each standard view's rows, typed and cleaned. "notas" is what cleaning had to say, as "column:note". The row is so
 -- since the change "desde_mudanca" of the source layer, loaded at "desde"; "removido": since when the source has it no
 -- more.
 CREATE TABLE nacional.unidade (
   fonte text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, nome text, tipo text, sexo text,
   municipio_ibge text, cep text, vagas_provisorio integer, vagas_fechado integer, vagas_semiaberto integer,
   vagas_aberto integer, vagas_rdd integer, vagas_medida_seguranca integer, vagas_outros integer,
   situacao text, notas text[], desde_mudanca bigint NOT NULL, desde timestamptz NOT NULL,
   removido timestamptz,
   PRIMARY KEY (fonte, id)
 );
 CREATE TABLE nacional.outro_nome (
   fonte text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, custodiado_id text COLLATE "C", nome text,
   tipo text, notas text[], desde_mudanca bigint NOT NULL, desde timestamptz NOT NULL, removido timestamptz,
   PRIMARY KEY (fonte, id)
 );
 CREATE TABLE nacional.custodia (
   fonte text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, custodiado_id text COLLATE "C",
   unidade_id text COLLATE "C", entrada date, saida date, motivo_saida text, natureza text, regime text,
   monitoracao boolean, rdd boolean, ala text, cela text, data_prisao date, aviso_familia date,
   aviso_defensor date, conduta text, conduta_em date, exame_cessacao text, exame_cessacao_em date,
   so_atual boolean, notas text[], desde_mudanca bigint NOT NULL, desde timestamptz NOT NULL,
   removido timestamptz,
   PRIMARY KEY (fonte, id)
 );
 CREATE TABLE nacional.movimentacao (
   fonte text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, custodiado_id text COLLATE "C", tipo text,
   instante timestamp, unidade_origem_id text COLLATE "C", unidade_destino_id text COLLATE "C", motivo text,
   notas text[], desde_mudanca bigint NOT NULL, desde timestamptz NOT NULL, removido timestamptz,
   PRIMARY KEY (fonte, id)
 );
 CREATE TABLE nacional.processo (
   fonte text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, custodiado_id text COLLATE "C",
   numero_cnj text, orgao text, tipo_penal text, data_fato date, pena_minima_meses integer,
   pena_maxima_meses integer, notas text[], desde_mudanca bigint NOT NULL, desde timestamptz NOT NULL,
   removido timestamptz,
   PRIMARY KEY (fonte, id)
 );
 CREATE TABLE nacional.pena (
   fonte text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, custodiado_id text COLLATE "C",
   processo_id text COLLATE "C", anos integer, meses integer, dias integer, inicio date,
   termino_previsto date, dias_remidos numeric, dias_detracao integer, dias_interrupcao integer, notas text[],
   desde_mudanca bigint NOT NULL, desde timestamptz NOT NULL, removido timestamptz,
   PRIMARY KEY (fonte, id)
 );
 CREATE TABLE nacional.remicao (
   fonte text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, custodiado_id text COLLATE "C", tipo text,
   dias numeric, inicio date, fim date, homologada_em date, notas text[], desde_mudanca bigint NOT NULL,
   desde timestamptz NOT NULL, removido timestamptz,
   PRIMARY KEY (fonte, id)
 );
 CREATE TABLE nacional.trabalho_estudo (
   fonte text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, custodiado_id text COLLATE "C", tipo text,
   inicio date, fim date, dias integer, horas integer, notas text[], desde_mudanca bigint NOT NULL,
   desde timestamptz NOT NULL, removido timestamptz,
   PRIMARY KEY (fonte, id)
 );
 CREATE TABLE nacional.falta_disciplinar (
   fonte text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, custodiado_id text COLLATE "C", tipo text,
   natureza text, inicio date, fim date, notas text[], desde_mudanca bigint NOT NULL,
   desde timestamptz NOT NULL, removido timestamptz,
   PRIMARY KEY (fonte, id)
 );
 CREATE TABLE nacional.saude (
   fonte text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, custodiado_id text COLLATE "C", tipo text,
   inicio date, fim date, notas text[], desde_mudanca bigint NOT NULL, desde timestamptz NOT NULL,
   removido timestamptz,
   PRIMARY KEY (fonte, id)
 );
 CREATE TABLE nacional.vinculo (
   fonte text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, custodiado_id text COLLATE "C",
   pessoa_tipo text, pessoa_id text COLLATE "C", parentesco text, situacao text, inicio date, fim date,
   notas text[], desde_mudanca bigint NOT NULL, desde timestamptz NOT NULL, removido timestamptz,
   PRIMARY KEY (fonte, id)
 );
 CREATE TABLE nacional.visita (
   fonte text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, custodiado_id text COLLATE "C",
   visitante_id text COLLATE "C", unidade_id text COLLATE "C", instante timestamp, notas text[],
   desde_mudanca bigint NOT NULL, desde timestamptz NOT NULL, removido timestamptz,
   PRIMARY KEY (fonte, id)
 );
 CREATE TABLE nacional.foto (
   fonte text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, custodiado_id text COLLATE "C", tipo text,
   data date, endereco text, notas text[], desde_mudanca bigint NOT NULL, desde timestamptz NOT NULL,
   removido timestamptz,
   PRIMARY KEY (fonte, id)
 );
 CREATE TABLE nacional.registro (
   fonte text COLLATE "C" NOT NULL, papel text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, nome text,
   nome_social text, nome_mae text, nome_pai text, data_nascimento date, sexo text, genero text,
   cor_raca text, estado_civil text, escolaridade text, nacionalidade text, naturalidade_ibge text, cpf text COLLATE "C",
   rg text, rg_orgao text, rg_uf text, rji text COLLATE "C", infopen text, registro_estadual text, alcunhas text[],
   oab_numero text COLLATE "C", oab_uf text COLLATE "C", identidade text COLLATE "C", natal_id uuid NOT NULL, pessoa_id uuid NOT NULL,
   primeira_vez timestamptz NOT NULL, notas text[], desde_mudanca bigint NOT NULL, desde timestamptz NOT NULL,
   removido timestamptz,
   PRIMARY KEY (fonte, papel, id)
 );

 -- What rows were before: up to the change "ate_mudanca", loaded at "ate".
 CREATE TABLE nacional.historico_unidade (LIKE nacional.unidade,
   ate_mudanca bigint NOT NULL, ate timestamptz NOT NULL, PRIMARY KEY (fonte, id, ate_mudanca));
 CREATE TABLE nacional.historico_outro_nome (LIKE nacional.outro_nome,
   ate_mudanca bigint NOT NULL, ate timestamptz NOT NULL, PRIMARY KEY (fonte, id, ate_mudanca));
 CREATE TABLE nacional.historico_custodia (LIKE nacional.custodia,
   ate_mudanca bigint NOT NULL, ate timestamptz NOT NULL, PRIMARY KEY (fonte, id, ate_mudanca));
 CREATE TABLE nacional.historico_movimentacao (LIKE nacional.movimentacao,
   ate_mudanca bigint NOT NULL, ate timestamptz NOT NULL, PRIMARY KEY (fonte, id, ate_mudanca));
 CREATE TABLE nacional.historico_processo (LIKE nacional.processo,
   ate_mudanca bigint NOT NULL, ate timestamptz NOT NULL, PRIMARY KEY (fonte, id, ate_mudanca));
 CREATE TABLE nacional.historico_pena (LIKE nacional.pena,
   ate_mudanca bigint NOT NULL, ate timestamptz NOT NULL, PRIMARY KEY (fonte, id, ate_mudanca));
 CREATE TABLE nacional.historico_remicao (LIKE nacional.remicao,
   ate_mudanca bigint NOT NULL, ate timestamptz NOT NULL, PRIMARY KEY (fonte, id, ate_mudanca));
 CREATE TABLE nacional.historico_trabalho_estudo (LIKE nacional.trabalho_estudo,
   ate_mudanca bigint NOT NULL, ate timestamptz NOT NULL, PRIMARY KEY (fonte, id, ate_mudanca));
 CREATE TABLE nacional.historico_falta_disciplinar (LIKE nacional.falta_disciplinar,
   ate_mudanca bigint NOT NULL, ate timestamptz NOT NULL, PRIMARY KEY (fonte, id, ate_mudanca));
 CREATE TABLE nacional.historico_saude (LIKE nacional.saude,
   ate_mudanca bigint NOT NULL, ate timestamptz NOT NULL, PRIMARY KEY (fonte, id, ate_mudanca));
 CREATE TABLE nacional.historico_vinculo (LIKE nacional.vinculo,
   ate_mudanca bigint NOT NULL, ate timestamptz NOT NULL, PRIMARY KEY (fonte, id, ate_mudanca));
 CREATE TABLE nacional.historico_visita (LIKE nacional.visita,
   ate_mudanca bigint NOT NULL, ate timestamptz NOT NULL, PRIMARY KEY (fonte, id, ate_mudanca));
 CREATE TABLE nacional.historico_foto (LIKE nacional.foto,
   ate_mudanca bigint NOT NULL, ate timestamptz NOT NULL, PRIMARY KEY (fonte, id, ate_mudanca));
 CREATE TABLE nacional.historico_registro (LIKE nacional.registro,
   ate_mudanca bigint NOT NULL, ate timestamptz NOT NULL, PRIMARY KEY (fonte, papel, id, ate_mudanca));
 ALTER TABLE nacional.historico_registro DROP COLUMN natal_id, DROP COLUMN pessoa_id, DROP COLUMN primeira_vez,
   DROP COLUMN identidade;

 -- By what rows are looked for besides their key.
 CREATE INDEX registro_cpf ON nacional.registro (cpf) WHERE cpf IS NOT NULL AND removido IS NULL;
 CREATE INDEX registro_rji ON nacional.registro (rji) WHERE rji IS NOT NULL AND removido IS NULL;
 CREATE INDEX registro_oab ON nacional.registro ((oab_uf || ' ' || oab_numero)) WHERE removido IS NULL;
 CREATE INDEX registro_identidade ON nacional.registro (identidade) WHERE identidade IS NOT NULL AND removido IS NULL;
 CREATE INDEX registro_pessoa ON nacional.registro (pessoa_id, fonte);
 CREATE INDEX outro_nome_custodiado ON nacional.outro_nome (fonte, custodiado_id);
 CREATE INDEX custodia_custodiado ON nacional.custodia (fonte, custodiado_id);
 CREATE INDEX movimentacao_custodiado ON nacional.movimentacao (fonte, custodiado_id);
 CREATE INDEX processo_custodiado ON nacional.processo (fonte, custodiado_id);
 CREATE INDEX pena_custodiado ON nacional.pena (fonte, custodiado_id);
 CREATE INDEX remicao_custodiado ON nacional.remicao (fonte, custodiado_id);
 CREATE INDEX trabalho_estudo_custodiado ON nacional.trabalho_estudo (fonte, custodiado_id);
 CREATE INDEX falta_disciplinar_custodiado ON nacional.falta_disciplinar (fonte, custodiado_id);
 CREATE INDEX saude_custodiado ON nacional.saude (fonte, custodiado_id);
 CREATE INDEX vinculo_custodiado ON nacional.vinculo (fonte, custodiado_id);
 CREATE INDEX visita_custodiado ON nacional.visita (fonte, custodiado_id);
 CREATE INDEX foto_custodiado ON nacional.foto (fonte, custodiado_id);
 CREATE INDEX custodia_unidade ON nacional.custodia (fonte, unidade_id);
 CREATE INDEX vinculo_pessoa ON nacional.vinculo (fonte, pessoa_id);
 CREATE INDEX visita_visitante ON nacional.visita (fonte, visitante_id);

 -- How far a step has come with a view of a source, in a version of it: the last change that it took in, and whether it
 -- came to the end once.
 CREATE TABLE nacional.marca (
   fonte text COLLATE "C" NOT NULL,
   visao text COLLATE "C" NOT NULL,
   passo text COLLATE "C" NOT NULL,
   versao text COLLATE "C" NOT NULL,
   mudanca bigint NOT NULL,
   completa boolean NOT NULL,
   PRIMARY KEY (fonte, visao, passo)
 );

 -- Rows that are to be treated again though the source did not change them: a person has assigned one of their codes.
 CREATE TABLE nacional.retratar (
   fonte text COLLATE "C" NOT NULL,
   visao text COLLATE "C" NOT NULL,
   id text COLLATE "C" NOT NULL,
   PRIMARY KEY (fonte, visao, id)
 );

 -- What is to be checked again: a person in custody with all that refers to them, a unit, those that share a document.
 CREATE TABLE nacional.fila (
   assunto text COLLATE "C" NOT NULL,
   fonte text COLLATE "C" NOT NULL,
   chave text COLLATE "C" NOT NULL,
   PRIMARY KEY (assunto, fonte, chave)
 );

 -- Instead of every key in it: all of a kind are to be checked, in the order of their keys, those up to "apos" are done.
 CREATE TABLE nacional.varredura (
   assunto text COLLATE "C" NOT NULL,
   fonte text COLLATE "C" NOT NULL,
   apos text COLLATE "C",
   PRIMARY KEY (assunto, fonte)
 );

 -- On which day something is to be checked again though nothing changed.
 CREATE TABLE nacional.agenda (
   assunto text COLLATE "C" NOT NULL,
   fonte text COLLATE "C" NOT NULL,
   chave text COLLATE "C" NOT NULL,
   dia date NOT NULL,
   PRIMARY KEY (assunto, fonte, chave)
 );
 CREATE INDEX agenda_dia ON nacional.agenda (dia);

 -- What the rules found: in which row, and where a row can break a rule more than once, in what of it ("item", else
 -- empty). "assunto" and "chave" say what was looked at to find it. "desde", "visto" and "resolvido" are when we found
 -- it first, saw it last, and did not find it any more.
 CREATE TABLE nacional.achado (
   regra text COLLATE "C" NOT NULL, fonte text COLLATE "C" NOT NULL, visao text COLLATE "C" NOT NULL,
   id text COLLATE "C" NOT NULL, item text COLLATE "C" NOT NULL, assunto text COLLATE "C" NOT NULL,
   fonte_assunto text COLLATE "C" NOT NULL, chave text COLLATE "C" NOT NULL, desde timestamptz NOT NULL,
   visto timestamptz NOT NULL, resolvido timestamptz,
   PRIMARY KEY (fonte, visao, id, regra, item)
 );
 CREATE INDEX achado_assunto ON nacional.achado (assunto, fonte_assunto, chave) WHERE resolvido IS NULL;

 -- Where a rule could not look: something in it failed.
 CREATE TABLE nacional.falha (
   regra text COLLATE "C" NOT NULL,
   assunto text COLLATE "C" NOT NULL,
   fonte text COLLATE "C" NOT NULL,
   chave text COLLATE "C" NOT NULL,
   PRIMARY KEY (assunto, fonte, chave, regra)
 );

 -- What became of a rule at a source when it was last checked: "passed", "found", "not-applicable", "failed".
 CREATE TABLE nacional.conferencia (
   fonte text COLLATE "C" NOT NULL, regra text COLLATE "C" NOT NULL, visao text COLLATE "C" NOT NULL,
   situacao text NOT NULL CHECK (situacao IN ('passed', 'found', 'not-applicable', 'failed')),
   achados bigint NOT NULL, problema text, quando timestamptz NOT NULL,
   PRIMARY KEY (fonte, regra, visao)
 );

 -- A day's figures of a source: how many findings were open at its end, by view and rule.
 CREATE TABLE nacional.achado_resumo (
   dia date NOT NULL,
   fonte text COLLATE "C" NOT NULL,
   visao text COLLATE "C" NOT NULL,
   regra text COLLATE "C" NOT NULL,
   abertos bigint NOT NULL,
   PRIMARY KEY (dia, fonte, visao, regra)
 );

 -- How good a view was on a day: its rows, those with an open finding, and its score from 0 to 100.
 CREATE TABLE nacional.qualidade (
   dia date NOT NULL,
   fonte text COLLATE "C" NOT NULL,
   visao text COLLATE "C" NOT NULL,
   linhas bigint NOT NULL,
   com_achados bigint NOT NULL,
   nota numeric,
   PRIMARY KEY (dia, fonte, visao)
 );

 -- A person of the nation: the survivors' values of their registers, and by "origem" which register each came from (its
 -- "natal_id", by column); null where there is but one register.
 CREATE TABLE nacional.pessoa (
   id uuid PRIMARY KEY, papel text NOT NULL, registros integer NOT NULL, nome text, nome_social text,
   nome_mae text, nome_pai text, data_nascimento date, sexo text, cpf text, rg text, rg_uf text, rji text,
   oab_numero text, oab_uf text, origem jsonb,
   removido timestamptz
 );
 CREATE INDEX pessoa_cpf ON nacional.pessoa (cpf) WHERE cpf IS NOT NULL;`;

/** What rules and commands came to need, and without what nobody ever filled. */
export const figures = `
 -- Of the findings: found on the day for the first time, and closed on it. "peso" is what all findings of a view take of its
 -- rows, from which the score of several views follows.
 ALTER TABLE nacional.achado_resumo
   ADD COLUMN novos bigint NOT NULL DEFAULT 0, ADD COLUMN resolvidos bigint NOT NULL DEFAULT 0;
 ALTER TABLE nacional.qualidade ADD COLUMN peso double precision;
 UPDATE nacional.qualidade SET peso = coalesce(linhas * (100 - nota) / 100, 0);
 ALTER TABLE nacional.qualidade ALTER COLUMN peso SET NOT NULL;
 CREATE INDEX achado_aberto ON nacional.achado (fonte, visao, regra, id) WHERE resolvido IS NULL;
 CREATE INDEX achado_resolvido ON nacional.achado (fonte, resolvido) WHERE resolvido IS NOT NULL;

 ALTER TABLE nacional.registro ADD COLUMN categoria text;
 ALTER TABLE nacional.historico_registro ADD COLUMN categoria text;
 CREATE INDEX registro_nascimento ON nacional.registro (fonte, data_nascimento)
  WHERE papel = 'custodiado' AND data_nascimento IS NOT NULL AND removido IS NULL;

 ALTER TABLE nacional.marca ADD COLUMN assente bigint NOT NULL DEFAULT 0;
 ALTER TABLE nacional.pessoa DROP COLUMN origem;
 ALTER TABLE nacional.conferencia DROP COLUMN problema;`;

/** Failures by key, view and form of the rule, whatever had failed is looked at again; resolved findings without their key. */
export const failures = `
 DROP TABLE nacional.falha;
 -- Where a rule could not look, in which form of it ("versao"): what failed in it, by its kind and places, never a value
 -- ("erro"); null where there was more than can be looked at.
 CREATE TABLE nacional.falha (
   regra text COLLATE "C" NOT NULL,
   visao text COLLATE "C" NOT NULL,
   assunto text COLLATE "C" NOT NULL,
   fonte text COLLATE "C" NOT NULL,
   chave text COLLATE "C" NOT NULL,
   versao text COLLATE "C" NOT NULL,
   erro jsonb,
   PRIMARY KEY (assunto, fonte, chave, regra, visao)
 );
 -- "passed" and "found" are of what a rule could look at; how many keys it could not.
 ALTER TABLE nacional.conferencia ADD COLUMN falhas bigint NOT NULL DEFAULT 0;

 -- "chave" is of open findings only.
 UPDATE nacional.achado SET chave = '' WHERE resolvido IS NOT NULL;`;
