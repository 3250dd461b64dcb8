import { GuaritaError } from '../errors.ts';
import type { DbaLogin, DbaSession } from './dba-session.ts';
import type { SourceConfig } from './source-config.ts';

/** The engines' sessions, a line each; SQLite has neither users nor logins. Throws `source-login-refused` and the like. */
export async function openAsDba(source: SourceConfig, login: DbaLogin): Promise<DbaSession> {
  switch (source.engine) {
    case 'postgres':
      return (await import('./postgres/source.ts')).postgresDba(source, login);
    case 'mysql':
      return (await import('./mysql/source.ts')).mysqlDba(source, login);
    case 'firebird':
      return (await import('./firebird/source.ts')).firebirdDba(source, login);
    case 'sqlserver':
      return (await import('./sqlserver/source.ts')).sqlServerDba(source, login);
    case 'sqlite':
      throw new GuaritaError(
        'option-invalid',
        'O SQLite não tem usuários: tire a leitura do arquivo (chmod 600).',
      );
  }
}

/** The statements of a script for the DBA, without its comments: parted by GO where it is there, else by semicolons. */
export function statementsOf(script: string): string[] {
  const code = script
    .split('\n')
    .filter((line) => !line.startsWith('--'))
    .join('\n');
  const separator = /^GO$/m.test(code) ? /^GO$/m : /;\s*$/m;
  return code
    .split(separator)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '' && statement !== 'COMMIT');
}
