import { once } from 'node:events';
import { createServer } from 'node:net';
import { ok, trouble } from '../../shared/doctor/check.ts';
import { checkKey, checkStateFolder } from '../../shared/doctor/own-files.ts';
import { problemOf } from '../../shared/protocol/problems.ts';
import { paths } from '../../shared/protocol/paths.ts';
import type { AgentConfig } from '../config.ts';
import { stateFiles } from '../state.ts';
import type { AgentCheck } from './check.ts';

/** No more than a warning: the agent makes its key when it first needs one. */
const keyMissing = {
  health: 'warning',
  next: 'Se o agente já foi usado, recupere-a de uma cópia; senão rode "guarita-agent key".',
} as const;

/** The agent's own folder, key and port. */
export async function checkOwn({ state, listen }: AgentConfig): Promise<readonly AgentCheck[]> {
  const made = 'se o agente ainda não rodou, "guarita-agent key" a cria.';
  return [
    checkStateFolder({ folder: state, owner: 'o agente', made }),
    checkKey(stateFiles(state).key, keyMissing).check,
    await checkListen(listen),
  ];
}

async function checkListen({ host, port }: AgentConfig['listen']): Promise<AgentCheck> {
  const where = `${host}:${port}`;
  const code = await refusal(host, port);
  if (code === null) return ok('listen', null, `${where} está livre`);
  if (code === 'EADDRINUSE' && (await isAgent(host, port))) {
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

async function isAgent(host: string, port: number): Promise<boolean> {
  const authority = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  try {
    const answer = await fetch(`http://${authority}${paths.healthz}`, { signal: AbortSignal.timeout(5000) });
    return answer.ok && answer.headers.has('signature');
  } catch {
    return false;
  }
}
