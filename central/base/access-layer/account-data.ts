import type { Questions } from '../base.ts';
import { recertifyBy } from './in-force.ts';

/**
 * What is held of somebody who has an account, by what it is: `$1` is their id. No secret, nothing of what others said of
 * them in watching over them, and of nobody else.
 */
const parts: Readonly<Record<string, string>> = {
  account:
    'SELECT id, cpf, nome, email, telefone, criada, bloqueada, bloqueio, desbloqueada FROM acesso.pessoa WHERE id = $1',
  password: 'SELECT trocada, provisoria_ate FROM acesso.senha WHERE pessoa = $1',
  factor: 'SELECT tipo, nome, criado, removido FROM acesso.fator WHERE pessoa = $1 ORDER BY criado, id',
  role: `SELECT o.sigla AS orgao, r.papel, r.desde, r.ate, r.recertificado, r.encerrado,
             least(r.ate, r.encerrado, o.encerrado, ${recertifyBy('r')}) AS vale_ate
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

/** The same of who asked for access, or answers for a body: `$1` is their CPF, since they need not have an account. */
const partsByCpf: Readonly<Record<string, string>> = {
  'access-request': `SELECT p.email, o.sigla AS orgao, p.criado, p.nome, p.cpf, p.papel, p.motivo, p.telefone,
      (SELECT json_agg(json_build_object('passo', s.passo, 'quando', s.quando, 'texto', s.texto, 'nup', s.nup)
                ORDER BY s.numero) FROM acesso.pedido_passo s WHERE s.pedido = p.id) AS passos
      FROM acesso.pedido p JOIN acesso.orgao o ON o.id = p.orgao WHERE p.cpf = $1 ORDER BY p.criado, p.id`,
  authority: `SELECT o.sigla AS orgao, a.nome, a.cargo, a.email, a.cpf, a.desde, a.encerrada
      FROM acesso.autoridade a JOIN acesso.orgao o ON o.id = a.orgao WHERE a.cpf = $1 ORDER BY a.desde, a.id`,
};

/** A thing that is held, and what it says, by the columns of the base. */
export interface HeldData {
  readonly part: string;
  readonly values: object;
}

/** All of an account, a few in memory at once. @param person their id */
export function accountData(questions: Questions, person: string): AsyncGenerator<HeldData, void> {
  return held(questions, parts, person);
}

/** All of who asked for access, or answers for a body. @param cpf eleven digits */
export function requestData(questions: Questions, cpf: string): AsyncGenerator<HeldData, void> {
  return held(questions, partsByCpf, cpf);
}

async function* held(
  questions: Questions,
  parts: Readonly<Record<string, string>>,
  of: string,
): AsyncGenerator<HeldData, void> {
  for (const [part, sql] of Object.entries(parts)) {
    const rows = questions.rows<{ values: object }>(
      `SELECT to_jsonb(one) AS values FROM (${sql}) one`,
      [of],
      {
        atOnce: 100,
      },
    );
    for await (const some of rows) for (const { values } of some) yield { part, values };
  }
}
