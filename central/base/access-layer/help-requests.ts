import type { Questions, Transaction } from '../base.ts';
import { instant } from '../instants.ts';

export interface HelpRequest {
  readonly id: string;
  readonly protocol: string;
  /** Null: nobody had signed in. */
  readonly person: string | null;
  readonly body: string | null;
  /** On which page, without what says whom it was about. */
  readonly page: string;
  readonly words: string;
  /** Where the answer goes. */
  readonly email: string;
}

/** Longest text of a request, in characters. */
export const longestRequest = 2000;

export async function addHelpRequest(tx: Transaction, request: HelpRequest, now: Date): Promise<void> {
  const { id, protocol, person, body, page, words, email } = request;
  await tx.query(
    `INSERT INTO acesso.ajuda_pedida (id, protocolo, pessoa, orgao, pagina, texto, email, quando)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, protocol, person, body, page, words, email, now],
  );
}

/** One as whoever answers is told of it; null where there is none of the id. */
export async function helpRequestOf(
  questions: Questions,
  id: string,
): Promise<(Omit<HelpRequest, 'body'> & { readonly bodyShort: string | null; readonly at: string }) | null> {
  const [found] = await questions.query<
    Omit<HelpRequest, 'body'> & { readonly bodyShort: string | null; readonly at: string }
  >(
    `SELECT a.id, a.protocolo AS protocol, a.pessoa AS person, o.sigla AS "bodyShort", a.pagina AS page,
            a.texto AS words, a.email, ${instant('a.quando')} AS at
       FROM acesso.ajuda_pedida a LEFT JOIN acesso.orgao o ON o.id = a.orgao WHERE a.id = $1`,
    [id],
  );
  return found ?? null;
}

/** What became of the letter by which whoever answers is told. */
export type HelpState =
  /** It will be written soon. */
  | 'waits'
  /** It is on its way, or was. */
  | 'written'
  /** There is nobody to write to. */
  | 'given-up';

/** Null where there is no request of that number. */
export async function helpStateOf(questions: Questions, protocol: string): Promise<HelpState | null> {
  const [found] = await questions.query<{ state: HelpState }>(
    `SELECT coalesce((SELECT CASE WHEN c.desistida IS NOT NULL THEN 'given-up' WHEN c.escrita IS NULL THEN 'waits' END
              FROM acesso.carta_pedida c WHERE c.tipo = 'help-asked' AND c.sobre = a.id ORDER BY c.criada DESC LIMIT 1),
            'written') AS state
       FROM acesso.ajuda_pedida a WHERE a.protocolo = $1`,
    [protocol],
  );
  return found?.state ?? null;
}

/** So long what somebody wrote is kept; that they asked is in the audit. */
const keptDays = 180;

export async function tidyHelpRequests(tx: Transaction, now: Date): Promise<void> {
  await tx.query(
    `DELETE FROM acesso.ajuda_pedida WHERE quando < $1::timestamptz - interval '${keptDays} days'`,
    [now],
  );
}
