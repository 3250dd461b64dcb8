import type { Test } from 'tap';
import Value from 'typebox/value';
import { type Person, personByCpf } from '../../../central/base/access-layer/people.ts';
import type { Base } from '../../../central/base/base.ts';
import type { Role } from '../../../central/console/access/roles.ts';
import { openLoginUnico } from '../../../central/console/login-unico/client.ts';
import { type LoginUnicoConfig, loginUnicoSchema } from '../../../central/console/login-unico/config.ts';
import { createLogger, type Logger } from '../../../shared/log.ts';
import { audited, type ConsoleScene, consoleScene, madeBody, madePerson, origin } from '../scene.ts';
import { type Seen, WalkingBrowser } from './browser.ts';
import { clientSecret, type TestProvider, testProvider } from './provider.ts';

interface Somebody {
  readonly id: string;
  readonly cpf: string;
  readonly name: string;
}

/** The console beside a provider, and an agent who has an account in both. */
export interface GovbrScene {
  readonly base: Base;
  readonly provider: TestProvider;
  readonly config: LoginUnicoConfig;
  readonly scene: ConsoleScene;
  readonly agent: Somebody;
  /** Another console over the same base, with another Login Único. */
  readonly sceneWith: (t: Test, other?: Partial<LoginUnicoConfig>, log?: Logger) => Promise<ConsoleScene>;
  readonly made: (roles: readonly Role[]) => Promise<Somebody>;
  readonly accountOf: (cpf: string) => Promise<Person | null>;
  /** The last thing that was written down. */
  readonly told: () => Promise<Record<string, unknown>>;
  /** Who signs in at the provider from now on; all else is as it should be again. */
  readonly account: (cpf: string, more?: object, amr?: readonly string[]) => void;
  readonly enter: (from?: string, browser?: WalkingBrowser) => Promise<Seen>;
  /** That nobody came in, and why. */
  readonly refused: (t: Test, seen: Seen, reason: string, code: string, name?: string) => Promise<void>;
}

export const level = (named: string) => ({
  reliability_info: { level: named, reliabilities: [{ id: '801' }] },
});

export const isCallback = (url: URL) => url.pathname === '/entrar/govbr/retorno';

export async function govbrScene(t: Test, base: Base): Promise<GovbrScene> {
  const provider = await testProvider(t, origin);
  const config = {
    ...provider.endpoints,
    clientSecret: { env: 'X' },
    minimumLevels: Value.Default(loginUnicoSchema.properties.minimumLevels, {}),
  } as LoginUnicoConfig;
  const sceneWith = (
    t: Test,
    other: Partial<LoginUnicoConfig> = {},
    log: Logger = createLogger('silent', 'test'),
  ) => {
    const given = { secret: clientSecret, origin: () => origin, log };
    const loginUnico = openLoginUnico({ ...config, ...other }, given);
    return consoleScene(t, base, undefined, { signIn: { loginUnico } });
  };
  const scene = await sceneWith(t);
  const body = await madeBody(scene);
  const made = (roles: readonly Role[]) => madePerson(scene, body.id, roles);
  const told = async () => (await audited(scene, 1)).at(-1) ?? {};
  return {
    ...{ base, provider, config, scene, sceneWith, made, told, agent: await made(['agente']) },
    accountOf: (cpf) => base.snapshot((questions) => personByCpf(questions, cpf)),
    account: (cpf, more = {}, amr = ['passwd', 'mfa']) => {
      provider.account = { sub: cpf, amr, claims: { ...level('gold'), ...more } };
      provider.twist = null;
      provider.refusal = null;
      provider.instead.clear();
    },
    enter: (from = '/entrar/govbr', browser = new WalkingBrowser(scene)) => browser.see(from),
    refused: async (t, seen, reason, code, name = reason) => {
      t.equal(seen.path, `/entrar/govbr/recusado?motivo=${reason}`, name);
      t.ok(seen.status >= 400, `${name}: is no success`);
      const expected = { event: 'sign-in-refused', means: 'govbr', refusal: code };
      t.match(await told(), expected, `${name}: is written down`);
    },
  };
}
