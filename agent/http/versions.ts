import { GuaritaError } from '../../shared/errors.ts';
import { protocolVersion, versionOfPath } from '../../shared/protocol/version.ts';

/**
 * What a request that has no route is refused with. A path of another version of the protocol says who is to be
 * upgraded; it is decided after access was, as for every path that is none, so that nobody else learns even that.
 */
export function noRoute(target: string): GuaritaError {
  const asked = versionOfPath(target.split('?', 1)[0] ?? '');
  if (asked === null || asked === protocolVersion) return new GuaritaError('route-unknown');
  const code = asked < protocolVersion ? 'central-outdated' : 'agent-outdated';
  return new GuaritaError(
    code,
    `Foi pedida a versão ${asked}; este agente fala a versão ${protocolVersion}.`,
  );
}
