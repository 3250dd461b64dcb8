import { isIP } from 'node:net';
import type { NetworkInterfaceInfo } from 'node:os';
import { GuaritaError } from '../../shared/errors.ts';

/** An address of this machine on which the agent could listen. */
export interface ListenProposal {
  readonly host: string;
  /** What people read: the interface, and whether it looks like the VPN's. */
  readonly label: string;
}

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** Names that VPN software gives its interfaces. */
const vpnName = /^(tun|tap|wg|ppp|ipsec|utun|zt|tailscale|gpd|vpn|openvpn|wireguard|fortissl)/i;

/** Addresses of this machine, those of the VPN first; neither loopback nor link-local ones. */
export function listenProposals(
  interfaces: Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>,
): ListenProposal[] {
  const all = Object.entries(interfaces).flatMap(([name, infos = []]) =>
    infos
      .filter(({ internal, address }) => !internal && !/^(fe80:|169\.254\.)/i.test(address))
      .map(({ address }) => ({ name, address, isVpn: vpnName.test(name) })),
  );
  return all
    .toSorted((a, b) => Number(b.isVpn) - Number(a.isVpn))
    .map(({ name, address, isVpn }) => ({
      host: address,
      label: `${address} (${name}${isVpn ? ', VPN' : ''})`,
    }));
}

/**
 * `10.8.0.5:8443`, `[fd00::5]:8443`, or an address alone. Every address at once is refused unless that is told besides.
 * Throws `option-invalid`.
 */
export function parseListen(text: string, anywhere: boolean): ListenAddress {
  const match = /^(?:\[(?<v6>[^\]]+)\]|(?<v4>[^:]+)|(?<bare>[0-9a-f:]+))(?::(?<port>\d{1,5}))?$/i.exec(text);
  const { v6, v4, bare, port = '8443' } = match?.groups ?? {};
  const host = v6 ?? v4 ?? bare ?? '';
  if (isIP(host) === 0 || Number(port) > 65_535) {
    throw new GuaritaError('option-invalid', `"${text}" não é um endereço desta máquina (10.8.0.5:8443).`);
  }
  if (/^(0\.0\.0\.0|::|0:0:0:0:0:0:0:0)$/.test(host) && !anywhere) {
    throw new GuaritaError(
      'option-invalid',
      `${host} escuta em todas as redes. Use o endereço da VPN; se for isso mesmo, repita com --listen-anywhere.`,
    );
  }
  return { host, port: Number(port) };
}

/** The address under which central reaches the agent. Throws `option-invalid` where nothing says it. */
export function agentUrl({ host, port }: ListenAddress, address: string | undefined): string {
  if (address === undefined && /^(0\.0\.0\.0|::)$/.test(host)) {
    throw new GuaritaError(
      'option-invalid',
      'Diga com --address por qual endereço a central chega ao agente.',
    );
  }
  const name = address ?? host;
  if (isIP(name) === 0 && !/^(\[[0-9a-f:.]+\]|[\p{L}\p{N}.-]+)(:\d{1,5})?$/iu.test(name)) {
    throw new GuaritaError(
      'option-invalid',
      `--address: "${name}" não é um endereço: só nome ou IP, e porta se for outra (agente.estado.gov.br:8443).`,
    );
  }
  const authority = isIP(name) === 6 ? `[${name}]` : name;
  return `https://${authority}${/:\d+$/.test(authority) ? '' : `:${port}`}`;
}
