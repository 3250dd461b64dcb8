import type { Questions, Transaction } from '../base.ts';
import { most } from './most.ts';

/** For so many days a browser is remembered after somebody entered from it. */
export const rememberedDays = 400;

/** Whether somebody entered from this browser before. @param digest SHA-256 of what it holds */
export async function isKnownBrowser(
  questions: Questions,
  { digest, cpf }: { readonly digest: Buffer; readonly cpf: string },
  now: Date,
): Promise<boolean> {
  const found = await questions.query(
    `SELECT 1 FROM acesso.navegador n JOIN acesso.pessoa p ON p.id = n.pessoa
      WHERE n.resumo = $1 AND p.cpf = $2 AND n.usado > $3::timestamptz - $4 * interval '1 day'`,
    [digest, cpf, now, rememberedDays],
  );
  return found.length === 1;
}

/** Others may enter from the same browser: it is each one's own. Of too many the one of the longest ago is forgotten. */
export async function rememberBrowser(
  tx: Transaction,
  { digest, person }: { readonly digest: Buffer; readonly person: string },
  now: Date,
): Promise<void> {
  await tx.query(
    `DELETE FROM acesso.navegador WHERE pessoa = $1 AND usado <= $2::timestamptz - $3 * interval '1 day'`,
    [person, now, rememberedDays],
  );
  await tx.query(
    `INSERT INTO acesso.navegador (resumo, pessoa, usado) VALUES ($1, $2, $3)
     ON CONFLICT (resumo, pessoa) DO UPDATE SET usado = $3`,
    [digest, person, now],
  );
  await tx.query(
    `DELETE FROM acesso.navegador n WHERE pessoa = $1 AND resumo NOT IN (
       SELECT resumo FROM acesso.navegador WHERE pessoa = $1
        ORDER BY resumo = $2 DESC, usado DESC, resumo LIMIT $3)`,
    [person, digest, most.browsers.value],
  );
}

/** Of somebody whose password may have been known to others. @param but the digest of the one that they are at */
export async function forgetBrowsers(
  tx: Transaction,
  { person, but }: { readonly person: string; readonly but: Buffer | null },
): Promise<void> {
  await tx.query('DELETE FROM acesso.navegador WHERE pessoa = $1 AND resumo IS DISTINCT FROM $2', [
    ...[person, but],
  ]);
}
