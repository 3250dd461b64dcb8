import type { FastifyInstance } from 'fastify';

export interface Route {
  readonly method: string;
  readonly url: string;
}

/** Every route of an agent, as its own router prints its table: `├── /v1/views (GET)` and what hangs below it. */
export function routesOf(app: FastifyInstance): Route[] {
  const parents: string[] = [];
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const match = /^([│ ]*)[├└]── (\S+)(?: \((.+)\))?$/.exec(line);
      if (match === null) return [];
      const [, indent = '', part = '', methods = ''] = match;
      const depth = indent.length / 4;
      const url = `${depth === 0 ? '' : (parents[depth - 1] ?? '')}${part}`;
      parents[depth] = url;
      return methods === '' ? [] : methods.split(', ').map((method) => ({ method, url }));
    });
}
