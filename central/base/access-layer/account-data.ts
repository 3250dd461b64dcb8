import type { Questions } from '../base.ts';

/**
 * What is held of somebody who has an account, by what it is: `$1` is their id. No secret, nothing of what others said of
 * them in watching over them, and of nobody else.
 */
const parts: Readonly<Record<string, string>> = {
  account:
    'SELECT id, cpf, nome, email, telefone, criada, bloqueada, bloqueio, desbloqueada FROM acesso.pessoa WHERE id = $1',
  password: 'SELECT trocada, provisoria_ate FROM acesso.senha WHERE pessoa = $1',
  factor: 'SELECT tipo, nome, criado, removido FROM acesso.fator WHERE pessoa = $1 ORDER BY criado, id',
  role: `SELECT o.sigla AS orgao, r.papel, r.desde, r.ate, r.recertificado, r.encerrado
           FROM acesso.papel r JOIN acesso.orgao o ON o.id = r.orgao WHERE r.pessoa = $1 ORDER BY r.desde, r.id`,
  recertification: `SELECT r.papel, c.quando, c.motivo FROM acesso.recertificacao c JOIN acesso.papel r ON r.id = c.papel
                     WHERE c.pessoa = $1 ORDER BY c.quando, c.id`,
  session: `SELECT criada, usada, encerrada, fim, meio, endereco, navegador FROM acesso.sessao
             WHERE pessoa = $1 ORDER BY criada, id`,
  emergency: `SELECT quando, motivo, prazo, revista, justificada, parecer FROM acesso.emergencia
               WHERE pessoa = $1 ORDER BY quando, id`,
  'help-request':
    'SELECT protocolo, pagina, texto, email, quando FROM acesso.ajuda_pedida WHERE pessoa = $1 ORDER BY quando, id',
};

/** A thing that is held, and what it says, by the columns of the base. */
export interface HeldData {
  readonly part: string;
  readonly values: object;
}

/** All of it, a few in memory at once. @param person their id */
export async function* accountData(questions: Questions, person: string): AsyncGenerator<HeldData, void> {
  for (const [part, sql] of Object.entries(parts)) {
    const rows = questions.rows<{ values: object }>(
      `SELECT to_jsonb(one) AS values FROM (${sql}) one`,
      [person],
      {
        atOnce: 100,
      },
    );
    for await (const some of rows) for (const { values } of some) yield { part, values };
  }
}
