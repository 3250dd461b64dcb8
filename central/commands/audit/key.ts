import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { GuaritaError } from '../../../shared/errors.ts';
import { writePrivateFile } from '../../../shared/private-file.ts';
import type { ProgramContext } from '../../../shared/program.ts';

/** Makes the auditor's pair of keys, and prints the public half. Throws `option-invalid` where the file is there already. */
export function makeAuditorKey(file: string, { print }: ProgramContext): void {
  if (existsSync(file)) throw new GuaritaError('option-invalid', `"${file}" já existe.`);
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const kid = randomUUID();
  writePrivateFile(file, `${JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid })}\n`);
  print(JSON.stringify({ ...publicKey.export({ format: 'jwk' }), kid }));
}
