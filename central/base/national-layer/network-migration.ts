/**
 * By what people are found who are linked with somebody: others of the same process, of the same cell, and of a unit. What
 * is longer would not fit into an index beside the longest reference, and is no cell.
 */
export const network = `
 CREATE INDEX custodia_cela ON nacional.custodia (fonte, unidade_id, cela) WHERE octet_length(cela) <= 100 AND removido IS NULL;
 CREATE INDEX custodia_saida ON nacional.custodia (fonte, unidade_id, saida) WHERE removido IS NULL;`;
