import { GuaritaError } from '../../shared/errors.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { consoleRoleStatements } from '../base/access-layer/console-role.ts';

/** Told by `--help`. */
export const baseSqlHelp = `
O DBA lê o script e o roda no banco da base, depois de a central tê-la criado ou
atualizado. Pode ser repetido; repita a cada versão nova. Não toca em dados.
O console confere ao iniciar se o usuário pode só isto.

Exemplo:
  guarita-central base sql > console.sql
  psql -v ON_ERROR_STOP=1 -d nacional -f console.sql`;

/** Prints the script by which a DBA makes the console's login. Throws `option-invalid` for a name that is none. */
export function printBaseSql({ role }: { readonly role: string }, { print }: ProgramContext): void {
  if (!/^(?!pg_)[a-z_][a-z0-9_]{0,62}$/.test(role)) {
    throw new GuaritaError(
      'option-invalid',
      '--role: só letras minúsculas sem acento, números e sublinhado.',
    );
  }
  print(`-- O usuário com que o console do guarita-central entra na base nacional: lê a base e só grava no esquema
-- "acesso" e onde as pessoas decidem. Rode no banco da base, como superusuário:
--   psql -v ON_ERROR_STOP=1 -d nacional -f console.sql
-- Pode ser repetido sem risco: desfaz o que tiver sobrado e dá o que faltar.
BEGIN;

${consoleRoleStatements(role, { logsIn: true })}

COMMIT;

-- Senha: sem ela o usuário não entra. Defina-a no psql, para que não fique em arquivo nem em log:
--   \\password ${role}
-- Depois, na configuração do console: console.base.url e console.base.password.`);
}
