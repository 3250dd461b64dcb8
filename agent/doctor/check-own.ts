import { once } from 'node:events';
import { createServer } from 'node:net';
import { connect } from 'node:tls';
import { ok, trouble, unchecked } from '../../shared/doctor/check.ts';
import { checkKey, checkSecrets, checkStateFolder } from '../../shared/doctor/own-files.ts';
import { problemOf } from '../../shared/problems/catalogue.ts';
import { paths } from '../../shared/protocol/paths.ts';
import { peerFingerprint } from '../../shared/signing/certificates.ts';
import type { AgentConfig } from '../config/config.ts';
import { withHome } from '../home.ts';
import { asOwnerOf } from '../state/as-owner.ts';
import { stateFiles } from '../state/state.ts';
import { type AgentCheck, checkNames } from './check.ts';
import { checkAgreement } from './check-agreement.ts';

/** No more than a warning: the agent makes its key when it first needs one. */
const keyMissing = {
  health: 'warning',
  next: 'Se o agente já foi usado, recupere-a de uma cópia; senão rode "guarita-agent key".',
} as const;

/** The agent's own folder, key and port. */
export async function checkOwn(config: AgentConfig): Promise<readonly AgentCheck[]> {
  const { state } = config;
  const made = 'se o agente ainda não rodou, "guarita-agent key" a cria.';
  const folder = asOwnerOf(state, () => checkStateFolder({ folder: state, owner: 'o agente', made }));
  const { check, thumbprint } = asOwnerOf(state, () => checkKey(stateFiles(state).key, keyMissing));
  const held = thumbprint === null ? withoutKey : await checkAgreement(config);
  return [folder, ...checkSecrets(config), check, ...held, await checkListen(config)];
}

const withoutKey = [
  unchecked('certificate', null, checkNames.key),
  unchecked('agreement', null, checkNames.key),
];

async function checkListen(config: AgentConfig): Promise<AgentCheck> {
  const { host, port } = config.listen;
  const where = `${host}:${port}`;
  const code = await refusal(host, port);
  if (code === null) return ok('listen', null, `${where} está livre`);
  if (code === 'EADDRINUSE' && (await isAgent(config))) {
    return ok('listen', null, `${where} em uso por um agente em serviço`);
  }
  const { title, hint } = problemOf('address-in-use').pt;
  const next =
    code === 'EADDRNOTAVAIL'
      ? 'O endereço não é desta máquina: confira "listen.host" e se a VPN está no ar.'
      : hint;
  return trouble('listen', null, 'critical', `${title} ${where}: ${code}. [address-in-use]`, next);
}

/** What the operating system says against listening there; null when it says nothing. */
async function refusal(host: string, port: number): Promise<string | null> {
  const server = createServer();
  try {
    server.listen({ host, port, exclusive: true });
    await once(server, 'listening');
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'EUNKNOWN';
  } finally {
    server.close();
  }
}

/** Whether it is this agent that listens there: over TLS it shows its certificate, otherwise it signs. */
async function isAgent(config: AgentConfig): Promise<boolean> {
  const { host, port, tls } = config.listen;
  const reached = /^(0\.0\.0\.0|::)$/.test(host) ? '127.0.0.1' : host;
  try {
    if (tls) return await showsOwnCertificate(config, reached, port);
    const authority = reached.includes(':') ? `[${reached}]:${port}` : `${reached}:${port}`;
    const answer = await fetch(`http://${authority}${paths.healthz}`, { signal: AbortSignal.timeout(5000) });
    return answer.ok && answer.headers.has('signature');
  } catch {
    return false;
  }
}

async function showsOwnCertificate(config: AgentConfig, host: string, port: number): Promise<boolean> {
  const { certificate } = await withHome(config, (home) => home.identity());
  // It is compared, not believed; and without one of its own nobody gets any further than to see it.
  const socket = connect({ host, port, minVersion: 'TLSv1.3', rejectUnauthorized: false, timeout: 5000 });
  socket.on('timeout', () => socket.destroy());
  try {
    await once(socket, 'secureConnect');
    return peerFingerprint(socket.getPeerX509Certificate()?.raw) === certificate.fingerprint;
  } finally {
    socket.destroy();
  }
}
