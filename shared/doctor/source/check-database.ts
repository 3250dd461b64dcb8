import { problemOf } from '../../problems/catalogue.ts';
import { allowsWritable } from '../../sources/open-engine.ts';
import type { SourceConfig } from '../../sources/source-config.ts';
import { ok, trouble } from '../check.ts';
import { told, toldAfter } from './attempt.ts';
import type { Facts, SessionLook } from './facts.ts';
import type { SourceCheck } from './names.ts';

export function checkRoute({ route }: Facts): readonly SourceCheck[] {
  return [told(route, 'route', null, ({ text }) => ok('route', null, text))];
}

/** Told before the login, as it comes before it; known only from a session. */
export function checkTls({ session, address, config }: Facts): readonly SourceCheck[] {
  return toldAfter(session, 'login', 'tls', null, ({ encryption }) => {
    if (encryption !== null) return ok('tls', null, encryption);
    if (address === null || isLoopback(address.host)) {
      return ok('tls', null, 'sem cifra, mas sem sair desta máquina');
    }
    const message = 'Daqui até o banco nada é cifrado: senha e dados passam abertos pela rede.';
    return trouble('tls', null, 'warning', message, howToEncrypt[config.source.engine]);
  });
}

const tlsOption = 'Habilite TLS no banco, e em "source.tls" declare mode: verify (e "ca", se for própria).';

const howToEncrypt: Readonly<Record<SourceConfig['engine'], string>> = {
  postgres: 'Habilite ssl no PostgreSQL e acrescente ?sslmode=verify-full a "source.url".',
  sqlserver: tlsOption,
  mysql: tlsOption,
  firebird: 'Habilite WireCrypt no Firebird 3 ou mais novo, ou leve a conexão por um túnel (VPN, SSH).',
  sqlite: 'Deixe o arquivo nesta máquina.',
};

export function checkLogin({ session }: Facts): readonly SourceCheck[] {
  return [told(session, 'login', null, ({ product }) => ok('login', null, product))];
}

export function checkReadOnly({ proof, config }: Facts): readonly SourceCheck[] {
  return [
    told(proof, 'read-only', null, (reasons) => {
      if (reasons.length === 0) return ok('read-only', null, 'o usuário não pode gravar nada');
      const { title, hint } = problemOf('source-writable').pt;
      const message = `${title} ${reasons.join('; ')}. [source-writable]`;
      if (!allowsWritable(config)) return trouble('read-only', null, 'critical', message, hint);
      const next = `Aceito por "allowWritableUser"; ao ler, isso é anotado no log. ${hint}`;
      return trouble('read-only', null, 'warning', message, next);
    }),
  ];
}

/** Seconds; the bound of what is read is by the clock of the database, so a small difference does no harm. */
const skew = { warning: 5, critical: 300 } as const;

export function checkClock({ session }: Facts): readonly SourceCheck[] {
  return toldAfter(session, 'login', 'clock', null, (look) => {
    const seconds = skewSeconds(look);
    const size = Math.abs(seconds);
    if (size < skew.warning) return ok('clock', null, 'o do banco e o desta máquina coincidem');
    const message = `O do banco está ${duration(size)} ${seconds > 0 ? 'adiantado' : 'atrasado'} em relação a esta máquina.`;
    const next =
      'Acerte os dois por NTP: pelo do banco se decide o que já se pode ler, e pelo desta máquina se aceitam pedidos.';
    return trouble('clock', null, size < skew.critical ? 'warning' : 'critical', message, next);
  });
}

/** How far the clock of the database is ahead. */
function skewSeconds({ clock, machineClock }: SessionLook): number {
  return Math.round((Date.parse(clock) - machineClock) / 1000);
}

function duration(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

export function checkTimeZone({ session, views, config }: Facts): readonly SourceCheck[] {
  const { timeZone } = config.source;
  return toldAfter(session, 'login', 'time-zone', null, (look) => {
    const isUnneeded = views.every(({ description }) => description.kind === 'done');
    const declared = timeZone ?? `não declarado${isUnneeded ? ' (nenhuma visão precisa)' : ''}`;
    return ok('time-zone', null, `o do banco é ${look.timeZone}; o dos horários sem fuso, ${declared}`);
  });
}

/** Of these the database keeps bytes, whatever they mean. */
const undeclared: ReadonlySet<string> = new Set(['NONE', 'SQL_ASCII', 'OCTETS']);

export function checkCharacters({ session, config }: Facts): readonly SourceCheck[] {
  return toldAfter(session, 'login', 'characters', null, ({ characterSet }) => {
    if (!undeclared.has(characterSet.toUpperCase())) return ok('characters', null, characterSet);
    if ('charset' in config.source) {
      return ok('characters', null, `${characterSet} no banco, lidos como ${config.source.charset}`);
    }
    // Nobody converts a database for this; what is not UTF-8 in it is a matter of each view's text.
    const note = 'o que não for UTF-8 segue marcado, byte a byte (veja abaixo se há)';
    return ok('characters', null, `o banco não diz em que conjunto grava (${characterSet}); ${note}`);
  });
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
