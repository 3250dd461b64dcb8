import { existsSync } from 'node:fs';
import { GuaritaError } from '../../../shared/errors.ts';
import { plainJson, plainText } from '../../../shared/plain-text.ts';
import type { ProgramContext } from '../../../shared/program.ts';
import { type PublicKey, readPublicKey } from '../../../shared/signing/keys.ts';
import { compareAudit } from '../../audit/compare.ts';
import { verifyAuditFile } from '../../audit/verify-file.ts';
import { verifyAudit } from '../../base/access-layer/audit-verify.ts';
import { type CentralOptions, readCentralConfig, withBase } from '../../central.ts';
import type { CentralConfig } from '../../config.ts';
import { centralIdentities, centralKeyFile } from '../../identities.ts';
import { readAuditFacts } from '../../state/audit-memory.ts';
import { comparisonLines, verdictLines } from './words.ts';

export interface VerifyOptions extends CentralOptions {
  readonly file?: string;
  readonly against?: string;
  readonly key?: readonly string[];
  readonly json?: boolean;
}

/** Told by `--help`. */
export const verifyHelp = `
Cada registro contém o resumo do anterior, e a central assina o último de cada
dia, de hora em hora. Depois da última assinatura, só a cópia enviada para fora
(console.audit) mostra o que foi cortado ou trocado: --against a compara.
Com --file e --key não lê configuração nem base: serve em qualquer máquina.
Código de saída: 0 tudo confere, 1 algo não confere, 2 comando errado.`;

/** Checks the audit of the base, or a file. Throws `audit-broken`, `document-unreadable`, `key-unreadable`. */
export async function verify(options: VerifyOptions, context: ProgramContext): Promise<void> {
  const { file, against, key, json = false } = options;
  if (file !== undefined && against !== undefined) {
    throw new GuaritaError('option-invalid', '--against compara a base: sem --file.');
  }
  if (file !== undefined) {
    const keys = key?.map((one) => readPublicKey(one)) ?? (await keysOf(readCentralConfig(options, context)));
    const verdict = await verifyAuditFile(file, keys);
    context.print(json ? plainJson(verdict) : linesText(verdictLines(verdict)));
    return requireSound(verdict.faults.length);
  }
  const config = readCentralConfig(options, context);
  const keys = key?.map((one) => readPublicKey(one)) ?? (await keysOf(config));
  await withBase(config, context, async (base, baseId) => {
    const facts = readAuditFacts(config.state);
    const signed = facts?.base === baseId ? facts.signed : null;
    const verdict = await verifyAudit(base, baseId, { keys, signed, now: new Date(), signal: context.stop });
    const compared = against === undefined ? null : await compareAudit(base, baseId, against);
    context.print(
      json
        ? plainJson({ ...verdict, compared })
        : linesText([...verdictLines(verdict), ...(compared === null ? [] : comparisonLines(compared))]),
    );
    // Who blanks more than was ordered hides something.
    const blanked = Math.max(0, verdict.withoutTerms - verdict.forgotten);
    requireSound(verdict.faults.length + blanked + (compared?.differ ?? 0));
  });
}

/** What a file says of itself does nothing to the terminal. */
function linesText(lines: readonly string[]): string {
  return lines.map((line) => plainText(line)).join('\n');
}

function requireSound(faults: number): void {
  if (faults > 0) throw new GuaritaError('audit-broken', `${faults} falha(s).`);
}

/** Central's own keys over time. Throws `option-invalid` where it has none, as on another machine. */
async function keysOf(config: CentralConfig): Promise<readonly PublicKey[]> {
  if (!existsSync(centralKeyFile(config))) {
    throw new GuaritaError('option-invalid', '--key: a central não tem chave aqui; dê a chave pública dela.');
  }
  const identities = centralIdentities(config);
  return [(await identities.current()).key, ...identities.retired().map(({ key }) => key)];
}
