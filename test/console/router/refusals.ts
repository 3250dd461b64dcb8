import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Test } from 'tap';
import { endGrant } from '../../../central/base/access-layer/grants.ts';
import { blockPerson } from '../../../central/base/access-layer/people.ts';
import { giveRole } from '../../../central/base/access-layer/roles.ts';
import { chooseBody, endSession } from '../../../central/base/access-layer/sessions.ts';
import { roles as allRoles, type Role } from '../../../central/console/access/roles.ts';
import type { ConsoleRoute } from '../../../central/console/route.ts';
import { routes } from '../../../central/console/routes.ts';
import { newSecret } from '../../../central/console/secrets.ts';
import { type ProblemCode, problemOf } from '../../../shared/problems/catalogue.ts';
import { isLong } from '../../support/runs.ts';
import {
  audited,
  type Browser,
  browserOf,
  browserWith,
  type ConsoleScene,
  madeBody,
  madeCase,
  madePerson,
} from '../scene.ts';

/** Somebody who asks, and for what they are refused. */
interface Asking {
  readonly browser: Omit<Browser, 'session'>;
  readonly person: string | null;
  readonly onCase?: number;
}

/** What is asked of each route that `of` chooses, and what comes of it. */
interface Lack {
  readonly what: string;
  readonly of: (route: ConsoleRoute) => boolean;
  readonly problem: ProblemCode;
  /** Whoever only looked is led to what they can do about it. */
  readonly leads?: boolean;
  readonly asking: (route: ConsoleRoute) => Promise<Asking> | Asking;
  /** Of what a form brings along. */
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Record<string, string>;
}

const day = 24 * 60 * 60_000;
const roleNames = Object.keys(allRoles) as Role[];
const isAtWork = ({ needs: { who } }: ConsoleRoute) => who === 'member' || who === 'case';
const isIn = (route: ConsoleRoute) => isAtWork(route) || route.needs.who === 'signed-in';
const isNotForAnyone = ({ needs: { who } }: ConsoleRoute) => who !== 'anyone';
const isCase = ({ needs: { who } }: ConsoleRoute) => who === 'case';
const isForm = ({ method }: ConsoleRoute) => method === 'POST';

/** One of each kind of need; in the long tier each route that there is, since no route does any of this by itself. */
function tried(concerned: readonly ConsoleRoute[]): readonly ConsoleRoute[] {
  if (isLong) return concerned;
  const kindOf = ({ method, needs: { who, roles, showsPeople } }: ConsoleRoute) =>
    [method, who, roles, showsPeople].join();
  return [...new Map(concerned.map((route) => [kindOf(route), route])).values()];
}

/** ASVS 8.2.1, 8.3.2, 8.4.1, 3.5.1, 16.3.2: whatever routes there are, also those that come later. */
export async function refusals(t: Test, scene: ConsoleScene): Promise<void> {
  const views = [...new Set(routes.flatMap(({ needs }) => needs.views))];
  const sensitive = [...new Set(routes.flatMap(({ needs }) => needs.fields))];
  const wide = { views: [...views, 'custodiado'], sensitive };
  const body = await madeBody(scene, wide);
  const people = new Map<string, Promise<{ readonly id: string }>>();
  const withRole = (role: Role) => {
    const made = people.get(role) ?? madePerson(scene, body.id, [role]);
    people.set(role, made);
    return made;
  };
  const rightRole = ({ needs }: ConsoleRoute) => needs.roles[0] ?? 'agente';
  /** Somebody who may, with a case of theirs. */
  const right = async (route: ConsoleRoute, how: { stage?: 'segundo-fator'; factor?: boolean } = {}) => {
    const { id: person } = await withRole(rightRole(route));
    const browser = await browserOf(scene, person, how);
    return { browser, person, session: browser.session, onCase: await madeCase(scene, browser.session) };
  };
  /** The same of a body of their own, of which something ends. */
  const ending = async (
    route: ConsoleRoute,
    end: (made: { person: string; session: string; grant: string }) => Promise<unknown>,
  ) => {
    const own = await madeBody(scene, wide);
    const { id: person } = await madePerson(scene, own.id, [rightRole(route)]);
    const browser = await browserOf(scene, person);
    const onCase = await madeCase(scene, browser.session);
    await end({ person, session: browser.session, grant: own.grant });
    return { browser, person, onCase };
  };
  const { base, now } = scene;
  const other = await browserOf(scene, (await withRole('agente')).id);

  const lacks: readonly Lack[] = [
    {
      ...{ what: 'without a session', of: isNotForAnyone, problem: 'sign-in-needed', leads: true },
      asking: () => ({ browser: browserWith(scene, newSecret()), person: null }),
    },
    {
      ...{ what: 'in a session that was ended', of: isNotForAnyone, problem: 'session-over' },
      asking: (route) =>
        ending(route, ({ person, session: id }) =>
          base.transaction((tx) => endSession(tx, { id, person, why: 'signed-out' }, now())),
        ),
    },
    {
      ...{ what: 'of a blocked person', of: isNotForAnyone, problem: 'account-blocked' },
      asking: (route) =>
        ending(route, ({ person }) => base.transaction((tx) => blockPerson(tx, person, 'teste', now()))),
    },
    {
      ...{ what: 'in the midst of signing in', of: isIn, problem: 'step-left', leads: true },
      asking: (route) => right(route, { stage: 'segundo-fator', factor: false }),
    },
    {
      ...{ what: 'without a role in any body', of: isAtWork, problem: 'body-needed' },
      asking: async () => {
        const { id: person } = await madePerson(scene, null, []);
        return { browser: await browserOf(scene, person), person };
      },
    },
    {
      ...{ what: 'without the second factor of a role with power', of: isAtWork, leads: true },
      problem: 'second-factor-needed',
      asking: async () => {
        const { id: person } = await withRole('auditor');
        return { browser: await browserOf(scene, person, { factor: false }), person };
      },
    },
    {
      ...{ what: 'with another role', problem: 'role-lacking' },
      of: ({ needs }) => needs.roles.length > 0,
      asking: async ({ needs }) => {
        const wrong = roleNames.find((role) => !needs.roles.includes(role));
        assert(wrong !== undefined);
        const { id: person } = await withRole(wrong);
        return { browser: await browserOf(scene, person), person };
      },
    },
    {
      ...{ what: 'with the case of another session', of: isCase, problem: 'purpose-needed', leads: true },
      asking: async (route) => {
        const { person, onCase } = await right(route);
        return { browser: await browserOf(scene, person), person, onCase };
      },
    },
    {
      ...{ what: 'with a case of another body', of: isCase, problem: 'purpose-needed', leads: true },
      asking: async (route) => {
        const made = await right(route);
        const second = await madeBody(scene, wide);
        const from = new Date(now().getTime() - day);
        const until = new Date(now().getTime() + day);
        await base.transaction(async (tx) => {
          const role = rightRole(route);
          const given = { id: randomUUID(), person: made.person, body: second.id, role, givenBy: null };
          await giveRole(tx, { ...given, from, until });
          await chooseBody(tx, made.session, second.id);
        });
        // Whoever else has this role works in one body.
        people.delete(rightRole(route));
        return made;
      },
    },
    {
      ...{ what: 'once the grant has ended', of: isCase, problem: 'grant-lacking' },
      asking: (route) => ending(route, ({ grant }) => base.transaction((tx) => endGrant(tx, grant, now()))),
    },
    {
      ...{ what: 'from another site', of: isForm, problem: 'foreign-origin', asking: right },
      headers: { origin: 'https://outro.example' },
    },
    {
      ...{ what: 'without its token', of: isForm, problem: 'form-stale', asking: right },
      form: { _formulario: '' },
    },
    {
      ...{ what: 'with the token of another session', of: isForm, problem: 'form-stale', asking: right },
      form: { _formulario: other.formToken },
    },
  ];

  for (const { what, of, problem, leads = false, asking: ask, form = {}, headers } of lacks) {
    await t.test(what, async (t) => {
      const concerned = tried(routes.filter(of));
      t.ok(concerned.length > 0);
      // What is refused changes nothing, so that whoever lacks it can ask for all that the same roles are for.
      const made = new Map<string, Promise<Asking>>();
      const before = (await audited(scene)).length;
      const expected: object[] = [];
      for (const route of concerned) {
        const { method, path } = route;
        const roles = route.needs.roles.join();
        const asking = made.get(roles) ?? Promise.resolve(ask(route));
        made.set(roles, asking);
        const asked = await asking;
        const url = path.replace(':caso', String(asked.onCase ?? 1)).replace(/:\w+/g, randomUUID());
        const answer =
          method === 'GET'
            ? await asked.browser.get(url, headers)
            : await asked.browser.post(url, form, headers);
        const isLed = leads && method === 'GET';
        t.equal(answer.status, isLed ? 303 : problemOf(problem).status, `${method} ${path}`);
        if (!isLed) t.match(answer.text, problemOf(problem).pt.title);
        expected.push({ method, route: path, problem, person: asked.person });
      }
      const told = (await audited(scene)).slice(before).filter(({ problem: why }) => typeof why === 'string');
      t.match(told, expected);
      t.equal(told.length, expected.length);
    });
  }
}
