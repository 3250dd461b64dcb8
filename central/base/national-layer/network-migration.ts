/** By what people are found who are linked with somebody: others of the same process, of the same cell, and of a unit. */
export const network = `
 CREATE INDEX custodia_cela ON nacional.custodia (fonte, unidade_id, cela) WHERE cela IS NOT NULL AND removido IS NULL;
 CREATE INDEX custodia_saida ON nacional.custodia (fonte, unidade_id, saida) WHERE removido IS NULL;`;
