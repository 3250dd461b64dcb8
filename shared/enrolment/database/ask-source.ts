import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { type ScriptEngine, scriptEngines } from '../../database-scripts/script.ts';
import { GuaritaError } from '../../errors.ts';
import type { SecretReference } from '../../options/secrets.ts';
import { askPassword } from '../../prompts.ts';
import { type SourceConfig, type TlsConfig, tlsModes } from '../../sources/source-config.ts';
import { isTimeZone, requireTimeZone, timeZoneFault } from '../../time-zone.ts';
import type { Answers } from './answers.ts';

/** What can be told of the state database on the command line; what is not is asked for. */
export interface SourceOptions {
  readonly engine?: ScriptEngine;
  readonly host?: string;
  readonly port?: string;
  readonly database?: string;
  readonly user?: string;
  readonly file?: string;
  readonly timeZone?: string;
  readonly passwordEnv?: string;
  readonly passwordFile?: string;
  readonly passwordCredential?: string;
  readonly noPassword?: boolean;
  readonly tls?: TlsConfig['mode'];
  /** File of the authority that signed the server's certificate, when it is none of the public ones. */
  readonly tlsCa?: string;
}

interface AskedOf {
  readonly uf: string;
  readonly answers: Answers;
  /** Where a password that is typed goes, and how it is written there. */
  readonly folder: string;
  readonly writePassword: (file: string, text: string) => void;
}

const tlsNames: Readonly<Record<TlsConfig['mode'], string>> = {
  verify: 'cifrada, conferindo o certificado do servidor',
  encrypt: 'cifrada, sem conferir (certificado próprio do servidor)',
  off: 'sem cifra (só dentro da mesma máquina ou de rede fechada)',
};

const engineNames: Readonly<Record<ScriptEngine, string>> = {
  postgres: 'PostgreSQL',
  sqlserver: 'SQL Server',
  mysql: 'MySQL ou MariaDB',
  firebird: 'Firebird',
  sqlite: 'SQLite (arquivo)',
};

const ports: Readonly<Partial<Record<ScriptEngine, string>>> = {
  postgres: '5432',
  sqlserver: '1433',
  mysql: '3306',
  firebird: '3050',
};

/** Zones that differ from that of Brasília. */
const zones: Readonly<Record<string, string>> = {
  AC: 'America/Rio_Branco',
  AM: 'America/Manaus',
  MS: 'America/Campo_Grande',
  MT: 'America/Cuiaba',
  RO: 'America/Porto_Velho',
  RR: 'America/Boa_Vista',
};

/**
 * The state database, as told or as asked. A password that is typed goes into a file of the folder; the
 * configuration only refers to it, and to each file by its whole path: a service starts in another folder. Throws `option-invalid` for what is no answer, or is missing where nobody can be asked.
 */
export async function askSource(
  options: SourceOptions,
  { uf, answers, ...kept }: AskedOf,
): Promise<SourceConfig> {
  const engine = options.engine ?? (await chooseEngine(answers));
  const timeZone =
    options.timeZone ??
    (await answers.text('timeZone', 'Fuso dos horários gravados no banco', {
      preset: zones[uf] ?? 'America/Sao_Paulo',
      check: (text) => (isTimeZone(text) ? null : `"${text}" ${timeZoneFault}.`),
    }));
  requireTimeZone(timeZone, '--time-zone');
  if (engine === 'sqlite') {
    const file = options.file ?? (await answers.text('file', 'Arquivo do banco', { check: fileFault }));
    return { engine, file: resolve(file), timeZone } as SourceConfig;
  }
  const host =
    options.host ??
    (await answers.text('host', 'Servidor do banco (nome ou endereço)', { check: hostFault }));
  refuse('--host', hostFault(host));
  const port = await portOf(options, engine, answers);
  const database = options.database ?? (await answers.text('database', 'Nome do banco'));
  const user =
    options.user ?? (await answers.text('user', 'Usuário, só de leitura', { preset: 'guarita_leitura' }));
  const reference = await passwordReference(options, kept);
  const password = reference === null ? {} : { password: reference };
  const login = { user, ...password, timeZone };
  if (engine === 'firebird') return { engine, host, port, database, ...login } as SourceConfig;
  const tls = await askTls(options, answers);
  if (engine !== 'postgres') return { engine, host, port, database, tls, ...login } as SourceConfig;
  const name = encodeURIComponent(user);
  const authority = host.includes(':') ? `[${host}]` : host;
  const address = `postgres://${name}@${authority}:${port}/${encodeURIComponent(database)}`;
  return { engine, url: address + postgresTls(tls), ...password, timeZone } as SourceConfig;
}

async function portOf(options: SourceOptions, engine: ScriptEngine, answers: Answers): Promise<number> {
  const preset = ports[engine] ?? '';
  const port =
    options.port ??
    (options.host === undefined
      ? await answers.text(`port-${engine}`, 'Porta', { preset, check: portFault })
      : preset);
  refuse('--port', portFault(port));
  return Number(port);
}

function refuse(option: string, fault: string | null): void {
  if (fault !== null) throw new GuaritaError('option-invalid', `${option}: ${fault}`);
}

function portFault(text: string): string | null {
  const isPort = /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
  return isPort ? null : `"${text}" não é uma porta: um número de 1 a 65535.`;
}

/** A name or an address alone: neither the port nor the rest of a URL. */
function hostFault(text: string): string | null {
  if (isIP(text) !== 0 || /^[\p{L}\p{N}._-]+$/u.test(text)) return null;
  return `"${text}" não é um servidor: só o nome ou o endereço, sem porta nem barras (banco.estado.gov.br).`;
}

function fileFault(text: string): string | null {
  return existsSync(text) ? null : `"${text}" não existe nesta máquina.`;
}

/** As the address of PostgreSQL says it. */
function postgresTls({ mode, ca }: TlsConfig): string {
  if (mode === 'off') return '';
  const authority = ca === undefined ? '' : `&sslrootcert=${encodeURIComponent(ca)}`;
  return mode === 'encrypt' ? '?sslmode=no-verify' : `?sslmode=verify-full${authority}`;
}

/** On the command line, what is not told is the strictest. */
async function askTls({ host, tls, tlsCa }: SourceOptions, answers: Answers): Promise<TlsConfig> {
  const ca = tlsCa === undefined ? {} : { ca: resolve(tlsCa) };
  if (tls !== undefined || tlsCa !== undefined || host !== undefined) return { mode: tls ?? 'verify', ...ca };
  const choices = tlsModes.map((value) => ({ name: tlsNames[value], value }));
  return { mode: await answers.choice('tls', 'Conexão com o banco', choices) };
}

function chooseEngine(answers: Answers): Promise<ScriptEngine> {
  return answers.choice(
    'engine',
    'Banco de dados do estado',
    scriptEngines.map((value) => ({ name: engineNames[value], value })),
  );
}

/** Where a password that was typed is kept. */
export function keptPasswordFile(folder: string): string {
  return join(folder, 'senha-do-banco');
}

/** Where the password is; one that is typed is put there. */
async function passwordReference(
  options: SourceOptions,
  { folder, writePassword }: Pick<AskedOf, 'folder' | 'writePassword'>,
): Promise<SecretReference | null> {
  const { passwordEnv, passwordFile, passwordCredential } = options;
  if (options.noPassword === true) return null;
  if (passwordEnv !== undefined) return { env: passwordEnv };
  if (passwordFile !== undefined) return { file: resolve(passwordFile) };
  if (passwordCredential !== undefined) return { credential: passwordCredential };
  const file = keptPasswordFile(folder);
  const isKept = existsSync(file);
  const empty = isKept ? 'Enter mantém a que já foi dada' : 'vazia se não houver';
  const typed = await askPassword(`Senha do usuário (não aparece; ${empty})`);
  if (typed === '') return isKept ? { file } : null;
  writePassword(file, `${typed}\n`);
  return { file };
}
