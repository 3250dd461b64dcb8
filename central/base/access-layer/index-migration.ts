/** By what is deleted and looked up at each sign-in: browsers of a person, what a session was asked. */
export const signInIndexes = `
 CREATE INDEX navegador_pessoa ON acesso.navegador (pessoa);
 CREATE INDEX desafio_sessao ON acesso.desafio (sessao) WHERE sessao IS NOT NULL;`;
