import { randomUUID } from 'node:crypto';
import type { Test } from 'tap';
import { openSession } from '../../../central/base/access-layer/sessions.ts';
import type { Base } from '../../../central/base/base.ts';
import { digestOf, newSecret } from '../../../central/console/secrets.ts';
import { query } from '../../support/bases.ts';
import { centralFolder } from '../../support/central-folder.ts';
import type { MakeCommandBase } from '../../support/command-bases.ts';
import { runCommand } from '../../support/commands.ts';

/** Valid, of nobody. */
export const [ana, bia, caio] = ['529.982.247-25', '11144477735', '390.533.447-05'];
export const digits = (cpf: string) => cpf.replace(/\D/g, '');

interface Told {
  readonly bodies: readonly {
    readonly short: string;
    readonly ended: string | null;
    readonly people: number;
  }[];
  readonly people: readonly {
    readonly cpf: string;
    readonly name: string;
    readonly blocked: string | null;
    readonly lastSignIn: string | null;
    readonly roles: readonly { readonly body: string; readonly role: string }[];
  }[];
}

/** A central of the test's own, and its commands as at a terminal. */
export async function accessScene(t: Test, make: MakeCommandBase) {
  const central = centralFolder(t, make);
  const file = await central.configure({});
  const environment = { ...central.environment, SUDO_USER: 'carla' };
  const run = (...args: string[]) =>
    runCommand('central', ['-c', file, 'access', ...args], { environment, isTerminal: true });
  const scheduled = (...args: string[]) =>
    runCommand('central', ['-c', file, 'access', ...args], { environment });
  const list = async (...args: string[]) => JSON.parse((await run('list', '--json', ...args)).output) as Told;
  /** Looks into the base, which a command has open at no other time. */
  const look = async <T>(work: (base: Base) => Promise<T>): Promise<T> => {
    const base = await (await central.base()).open();
    try {
      return await work(base);
    } finally {
      await base.close();
    }
  };
  const audited = () =>
    look(async (base) => {
      const rows = await query<{ body: string; terms: string | null }>(
        base,
        'SELECT corpo AS body, termos AS terms FROM acesso.auditoria ORDER BY numero',
      );
      return rows.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    });
  return { central, run, scheduled, list, look, audited };
}

export const init = (cpf: string) => [
  ...['init', '--body', 'senappen', '--body-name', 'Secretaria Nacional'],
  ...['--cpf', cpf, '--name', "Ana D'Ávila"],
];

export const passwordIn = (output: string) => /mostrada só agora: (\S+)/.exec(output)?.[1] ?? '';

/** Somebody signs in, as far as the base sees it. */
export async function signIn(base: Base, cpf: string): Promise<void> {
  const [person] = await query<{ id: string }>(base, 'SELECT id FROM acesso.pessoa WHERE cpf = $1', [
    digits(cpf),
  ]);
  const now = new Date();
  const session = {
    ...{ id: randomUUID(), digest: digestOf(newSecret()), person: person?.id ?? '' },
    ...({ stage: 'aberta', means: 'senha', factor: true } as const),
    ...{ limit: new Date(now.getTime() + 3_600_000), address: '::1', browser: 'test' },
  };
  await base.transaction((tx) => openSession(tx, session, now));
}
