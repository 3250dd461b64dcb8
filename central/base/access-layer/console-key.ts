import type { Questions, Transaction } from '../base.ts';

/** Keeps by what the console's key is known, where none is kept yet. @param proof sealed with it */
export async function keepKeyProof(tx: Transaction, proof: Buffer): Promise<void> {
  await tx.query('INSERT INTO acesso.chave (prova) VALUES ($1) ON CONFLICT (unica) DO NOTHING', [proof]);
}

/** Null where no console has served this base, or its key was lost. */
export async function keyProof(questions: Questions): Promise<Buffer | null> {
  const [found] = await questions.query<{ proof: Uint8Array }>('SELECT prova AS proof FROM acesso.chave');
  return found === undefined ? null : Buffer.from(found.proof);
}

/** Of a key that is lost: the next console that starts brings another. False where none was kept. */
export async function forgetKey(tx: Transaction): Promise<boolean> {
  return (await tx.query('DELETE FROM acesso.chave RETURNING 1')).length > 0;
}
