/** The central body was marked also where it had ended, or ended since: then the first one that has not ended is. */
export const centralInForce = `
 UPDATE acesso.orgao SET central = false WHERE central AND encerrado IS NOT NULL;
 UPDATE acesso.orgao SET central = true
  WHERE id = (SELECT id FROM acesso.orgao WHERE encerrado IS NULL ORDER BY criado, id LIMIT 1)
    AND NOT EXISTS (SELECT FROM acesso.orgao WHERE central);`;
