import type { Questions } from '../base.ts';
import { unfollowed } from './follow-decisions.ts';
import { linking } from './subject.ts';

/** That linkage has not begun yet by the linker of that version. @param version of a linker, as SQL */
const byAnother = (version: string) => `NOT EXISTS (SELECT FROM nacional.marca
   WHERE fonte = '' AND visao = 'registro' AND passo = 'ligar' AND versao = ${version})`;

/**
 * Whether a treatment would still change who is who: registers that are to be found, compared or put together, decisions
 * that nobody has followed yet, or all registers by another linker.
 *
 * @param version of the linker that is in force, as linkage marks what it has done
 */
export async function linkageWaiting(questions: Questions, version: string): Promise<boolean> {
  const [found] = await questions.query<{ waits: boolean }>(
    `SELECT EXISTS (SELECT FROM nacional.fila WHERE assunto = ANY ($1))
         OR EXISTS (SELECT FROM nacional.varredura WHERE assunto = ANY ($1))
         OR EXISTS (${unfollowed}) OR ${byAnother('$2')} AS waits`,
    [linking, version],
  );
  return found?.waits === true;
}

/** Of these persons, those whom a treatment may still change: the same of their registers alone. */
export async function personsWaiting(
  questions: Questions,
  persons: readonly string[],
  version: string,
): Promise<ReadonlySet<string>> {
  const found = await questions.query<{ person: string }>(
    `SELECT DISTINCT r.pessoa_id::text AS person
       FROM nacional.registro r LEFT JOIN nacional.chave c ON c.registro = r.natal_id
      WHERE r.pessoa_id = ANY ($3::uuid[]) AND (${byAnother('$2')}
        OR EXISTS (SELECT FROM (${unfollowed}) d WHERE r.natal_id IN (d.a, d.b))
        OR EXISTS (SELECT FROM nacional.fila f
                    WHERE f.assunto = ANY ($1) AND f.fonte IN ('', r.fonte)
                      AND f.chave IN (r.natal_id::text, c.lugar::text))
        OR EXISTS (SELECT FROM nacional.varredura v
                    WHERE v.assunto = ANY ($1) AND v.fonte IN ('', r.fonte)
                      AND (v.apos IS NULL
                        OR v.apos < CASE v.assunto WHEN 'par' THEN c.lugar ELSE r.natal_id END::text)))`,
    [linking, version, persons],
  );
  return new Set(found.map(({ person }) => person));
}
