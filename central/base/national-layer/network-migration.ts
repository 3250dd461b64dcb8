/** By what people are found who are linked with somebody: others of the same process, in whichever state. */
export const network = `
 CREATE INDEX processo_numero ON nacional.processo (numero_cnj) WHERE numero_cnj IS NOT NULL AND removido IS NULL;`;
