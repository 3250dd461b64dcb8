/**
 * Persons of several registers, of any source: which register each value came from ("origem", its "natal_id" by column;
 * null where there is but one), and in which columns registers that say something disagree.
 */
export const persons = `
 ALTER TABLE nacional.pessoa ADD COLUMN origem jsonb, ADD COLUMN divergencias text[] NOT NULL DEFAULT '{}';

 -- A person is of no one source any more: what waited under one is looked at once, under none.
 DELETE FROM nacional.fila WHERE assunto = 'pessoa';
 DELETE FROM nacional.varredura WHERE assunto = 'pessoa';
 DELETE FROM nacional.agenda WHERE assunto = 'pessoa';
 INSERT INTO nacional.varredura (assunto, fonte) VALUES ('pessoa', '');`;
