/** Paths of the agent's resources; `:view` is percent-encoded in requests. */
export const paths = {
  agent: '/v1/agent',
  views: '/v1/views',
  rows: '/v1/views/:view/rows',
  openapi: '/v1/openapi.json',
  healthz: '/healthz',
  readyz: '/readyz',
} as const;

export function rowsPath(view: string): string {
  return paths.rows.replace(':view', encodeURIComponent(view));
}
