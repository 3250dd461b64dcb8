/** By what people are found who are linked with somebody: others of the same process, of the same cell, and of a unit. */
export const network = `
 CREATE INDEX custodia_cela ON nacional.custodia (fonte, unidade_id, cela) WHERE cela IS NOT NULL AND removido IS NULL;
 CREATE INDEX custodia_saida ON nacional.custodia (fonte, unidade_id, saida) WHERE removido IS NULL;`;

/**
 * Whom a visitor comes to, in the order of the index: to find those besides one person, their 20,000 visits to that one
 * need not be read. Most visitors have one whom they visit, so it is no larger than the one that it stands for.
 */
export const visited = `
 CREATE INDEX visita_de_para ON nacional.visita (fonte, visitante_id, custodiado_id);
 DROP INDEX nacional.visita_visitante;`;
