import type { Test } from 'tap';
import Type from 'typebox';
import Value from 'typebox/value';
import { consoleRole, consoleRoleStatements } from '../../../central/base/access-layer/console-role.ts';
import { proveConsoleRole } from '../../../central/base/console-base.ts';
import { PostgresBase } from '../../../central/base/postgres.ts';
import { lookingRoles } from '../../../central/console/access/roles.ts';
import { html } from '../../../central/console/html/html.ts';
import { openLoginUnico } from '../../../central/console/login-unico/client.ts';
import { type LoginUnicoConfig, loginUnicoSchema } from '../../../central/console/login-unico/config.ts';
import { route } from '../../../central/console/route.ts';
import { routes } from '../../../central/console/routes.ts';
import { freePort } from '../../../scripts/demo/processes.ts';
import { createLogger } from '../../../shared/log.ts';
import { centralDatabase } from '../../support/bases.ts';
import { restartedPostgres, testPassword } from '../../support/postgres.ts';
import { type BrowserScene, namedChromium, openScene, originAt } from '../browser/scene.ts';
import { clientSecret, type TestProvider, testProvider } from '../login-unico/provider.ts';

/** The console by its own login over a real server, beside a provider of Login Único, and a browser. */
export interface FlowScene extends BrowserScene {
  readonly server: Awaited<ReturnType<typeof restartedPostgres>>;
  /** Of the base, as central opens it. */
  readonly owner: { readonly url: string; readonly password: string };
  readonly provider: TestProvider;
}

/** Of whom the pages below tell. */
export const shownRecord = '7d1f2c3a-0000-4000-8000-000000000001';

/** Shows somebody of this name, for the purpose of its address. */
const looking = route({
  ...{ method: 'GET', path: '/t/consulta', who: 'case', views: ['custodiado'], showsPeople: true },
  roles: lookingRoles,
  query: Type.Object({ nome: Type.String({ maxLength: 200 }) }),
  answer: async ({ query: { nome } }) => ({
    title: 'Consulta',
    main: html`<h1>${nome}</h1>`,
    look: { terms: { words: nome }, found: 1, shown: [shownRecord] },
  }),
});

/** Null where no browser is named: then the test is skipped, loudly. */
export async function flowScene(t: Test): Promise<FlowScene | null> {
  const program = namedChromium(t);
  if (program === null) return null;
  const server = await restartedPostgres(t);
  const { name, base, url } = await centralDatabase(t, server, 'flows');
  const role = consoleRoleStatements(consoleRole, { logsIn: true });
  await server.admin(`${role}; ALTER ROLE ${consoleRole} PASSWORD 'dela'`, name);
  const login = new PostgresBase({
    ...{ url: url.replace('postgres@', `${consoleRole}@`), password: 'dela' },
    ...{ connections: 2, timeoutSeconds: 60 },
  });
  t.teardown(() => login.close());
  await proveConsoleRole(login);
  const port = await freePort();
  const origin = originAt(port);
  const provider = await testProvider(t, origin);
  const config = {
    ...provider.endpoints,
    clientSecret: { env: 'X' },
    minimumLevels: Value.Default(loginUnicoSchema.properties.minimumLevels, {}),
  } as LoginUnicoConfig;
  const log = createLogger('silent', 'test');
  const loginUnico = openLoginUnico(config, { secret: clientSecret, origin: () => origin, log });
  const scene = await openScene(t, program, {
    ...{ base, login, routes: [...routes, looking], port, signIn: { loginUnico } },
  });
  // Commands at the terminal know no other hour.
  scene.clock.set(Date.now());
  return { ...scene, server, owner: { url, password: testPassword }, provider };
}
