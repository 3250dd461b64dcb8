import { arch, freemem, platform, release, totalmem, uptime } from 'node:os';
import { softwareVersion } from '../../shared/version.ts';

export function versions(): object {
  const { node, openssl } = process.versions;
  return { agente: softwareVersion, node, openssl };
}

export function machine(): object {
  return {
    sistema: `${platform()} ${release()} ${arch()}`,
    memoriaMb: { total: megabytes(totalmem()), livre: megabytes(freemem()) },
    ligadaHaHoras: Math.round(uptime() / 3600),
    relogio: new Date().toISOString(),
    fuso: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

export function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}
