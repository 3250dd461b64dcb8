/** Whoever proposed a grant may take it back as long as nobody has decided; that it was there, and for how long, stays. */
export const withdrawnProposals = `
 ALTER TABLE acesso.concessao_proposta ADD COLUMN retirada timestamptz CHECK (retirada >= proposta);
 ALTER TABLE acesso.concessao_proposta ADD CHECK (num_nonnulls(decidida, retirada) <= 1);`;
