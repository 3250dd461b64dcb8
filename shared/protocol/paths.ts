import { type ProtocolVersion, protocolVersion } from './version.ts';

/** Paths of the resources of an agent of some version; `:view` is percent-encoded in requests. */
export function pathsOf(version: ProtocolVersion) {
  return {
    agent: `/v${version}/agent`,
    views: `/v${version}/views`,
    rows: `/v${version}/views/:view/rows`,
    digests: `/v${version}/views/:view/digests`,
    lookup: `/v${version}/views/:view/lookup`,
    renewal: `/v${version}/renewal`,
    openapi: `/v${version}/openapi.json`,
    // Asked by monitors, which know of no version.
    healthz: '/healthz',
    readyz: '/readyz',
  } as const;
}

/** Those of the agent of this release. */
export const paths = pathsOf(protocolVersion);

/** The path of one of a view's resources. */
export function viewPath(
  resource: 'rows' | 'digests' | 'lookup',
  view: string,
  version: ProtocolVersion = protocolVersion,
): string {
  return pathsOf(version)[resource].replace(':view', encodeURIComponent(view));
}
