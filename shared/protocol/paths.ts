/** Paths of the agent's resources; `:view` is percent-encoded in requests. */
export const paths = {
  agent: '/v1/agent',
  views: '/v1/views',
  rows: '/v1/views/:view/rows',
  digests: '/v1/views/:view/digests',
  lookup: '/v1/views/:view/lookup',
  renewal: '/v1/renewal',
  openapi: '/v1/openapi.json',
  healthz: '/healthz',
  readyz: '/readyz',
} as const;

/** The path of one of a view's resources. */
export function viewPath(resource: 'rows' | 'digests' | 'lookup', view: string): string {
  return paths[resource].replace(':view', encodeURIComponent(view));
}
