import type { Static, TObject } from 'typebox';
import Type from 'typebox';
import type { BodyGrant, Place, SessionFacts } from '../base/access-layer/sessions.ts';
import type { Base, Transaction } from '../base/base.ts';
import type { Purpose } from './access/purposes.ts';
import { lookingRoles, type Role } from './access/roles.ts';
import type { Html } from './html/html.ts';
import type { Seal } from './seal.ts';
import type { SignIn } from './sign-in.ts';

/**
 * How far in somebody must be: `anyone`; with a session that has something left to do (`signing-in`); with an open one
 * (`signed-in`); at work in a body (`member`); there with a purpose (`case`).
 */
export type Who = keyof Visits;

/** What a route finds of who asks, once it was seen that they may. */
interface Visits {
  anyone: Visitor;
  'signing-in': Visitor & SigningIn;
  'signed-in': Visitor & SigningIn;
  member: Visitor & SigningIn & Member;
  case: Visitor & SigningIn & Member & OnCase;
}

export interface Visitor {
  /** Null also where it is over: whoever asks is nobody then. */
  readonly session: SessionFacts | null;
  /** The browser still names a session, which has ended or run out. */
  readonly sessionIsOver: boolean;
  /** To be sent along with each form of the page (`formToken` in `html/form.ts`). */
  readonly formToken: string;
}

interface SigningIn {
  readonly session: SessionFacts;
}

interface Member {
  readonly place: Place;
  readonly roles: readonly Role[];
}

interface OnCase {
  readonly case: Case;
  /** By which what is shown is judged: all views of the route are in it, and the purpose. */
  readonly grant: BodyGrant;
}

/** What somebody is at work on, within a session. */
export interface Case {
  readonly number: number;
  /** The body in which it was chosen. */
  readonly body: string;
  readonly purpose: Purpose;
  readonly reference: string;
  readonly isEmergency: boolean;
  readonly since: string;
}

/** What a route needs, as data; `enforce.ts` holds it, and a test lists it. */
export interface Needs {
  readonly who: Who;
  /** One of these roles; none: whichever. */
  readonly roles: readonly Role[];
  /** Views of which it shows something: the body's grant names each. */
  readonly views: readonly string[];
  /** Sensitive fields without which it is of no use: the grant names these, too. */
  readonly fields: readonly string[];
  /** Whether it shows or may show a person: then it tells what was looked at, or nothing is shown. */
  readonly showsPeople: boolean;
}

/** What was looked at, for the audit; in a case it counts against the quotas, a search as one and each record as one. */
export interface Look {
  /** What was asked for, in the words of who asked; null where nothing was, as of a page that was opened: no search. */
  readonly terms: Readonly<Record<string, unknown>> | null;
  /** How many there were. */
  readonly found: number;
  /** Registers that were shown, by `natal_id`, a person by all of theirs: by these it is forgotten what was asked for. */
  readonly shown: readonly string[];
}

/** What a route comes to where it does nothing, or has done it. */
export type Answer = PageAnswer | RedirectAnswer | FileAnswer;

/**
 * What a route does. It is done in the one transaction in which it is counted and written down: all of that stands, or
 * nothing of it. Like the work of any transaction it waits for nothing else, so passwords are hashed and keys verified
 * before; and what is to stand whatever comes of it, a try that is counted or a challenge that is taken once, is no part.
 */
export interface Act {
  readonly act: (tx: Transaction) => Promise<Answer | LaterPage>;
}

/** A page that itself asks the base or waits for something: made once what is told stands written down. */
export interface LaterPage extends Told {
  readonly page: () => Promise<Page>;
}

export interface Told {
  /** Without it a route that shows people shows nothing. */
  readonly look?: Look;
  /** What was done, for the audit: a name of its own in English, and what describes it. Nothing of anybody's record. */
  readonly event?: Readonly<Record<string, unknown>> & { readonly event: string };
  /** What somebody said in doing it, in their words; kept beside the entry of the audit, as what is asked for is. */
  readonly said?: Readonly<Record<string, string>>;
  /** Secrets for the browser to keep, by cookie; null: to forget. */
  readonly keep?: Readonly<Partial<Record<'session' | 'browser' | 'request' | 'sign-in', Kept | null>>>;
  /** The browser is told to forget the pages that it was shown. */
  readonly forgetsPages?: boolean;
}

export interface Kept {
  readonly secret: string;
  /** Until the browser is closed where it is not said. */
  readonly seconds?: number;
}

export interface Page {
  readonly title: string;
  readonly main: Html;
  readonly status?: number;
}

export interface PageAnswer extends Told, Page {}

export interface RedirectAnswer extends Told {
  /** A path of this site, or where a person is sent to sign in or out. */
  readonly goTo: string;
}

export interface FileAnswer extends Told {
  readonly name: string;
  readonly mediaType: string;
  readonly content: string | Buffer;
}

/** What a route is given. */
export interface Asked<Q extends TObject, B extends TObject, P extends TObject> {
  readonly query: Static<Q>;
  readonly form: Static<B>;
  readonly params: Static<P>;
  readonly base: Base;
  readonly signIn: SignIn;
  readonly seal: Seal;
  /** `https://console.gov.br`, as people's browsers know it. */
  readonly origin: string;
  readonly now: Date;
  readonly address: string;
  readonly browser: string;
  /** Of the names, for the model that linkage begins with. */
  readonly locale: string;
  /** Within how long an emergency is reviewed. */
  readonly emergencyReviewHours: number;
  /** Whether a page of another site had it asked for, as far as the browser says so. */
  readonly cameFrom: 'here' | 'elsewhere' | null;
  /** What the browser keeps besides its session, where it keeps it. */
  readonly kept: Readonly<Partial<Record<'browser' | 'request' | 'sign-in', string>>>;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

const nothing = Type.Object({});

interface RouteSpec<W extends Who, Q extends TObject, B extends TObject, P extends TObject>
  extends Partial<Omit<Needs, 'who'>> {
  readonly method: 'GET' | 'POST';
  /** Of one with a case, what follows `/caso/:caso`. */
  readonly path: string;
  readonly who: W;
  readonly query?: Q;
  readonly form?: B;
  readonly params?: P;
  answer(asked: Asked<Q, B, P> & Visits[W]): Promise<Answer | LaterPage | Act>;
}

/** A route as the console takes it. */
export interface ConsoleRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly needs: Needs;
  readonly query: TObject;
  readonly form: TObject;
  readonly params: TObject;
  answer(asked: never): Promise<Answer | LaterPage | Act>;
}

const isLooking = (role: Role) => lookingRoles.includes(role);

/** Declares a route. Who looks for what needs a purpose is `case`, and nobody else. */
export function route<
  W extends Who,
  Q extends TObject = typeof nothing,
  B extends TObject = typeof nothing,
  P extends TObject = typeof nothing,
>(spec: RouteSpec<W, Q, B, P>): ConsoleRoute {
  const { who, roles = [], views = [], fields = [], showsPeople = false } = spec;
  if ((showsPeople || views.length > 0) && who !== 'case') {
    throw new Error(`${spec.path} shows people, so it is of a case.`);
  }
  if (showsPeople && (views.length === 0 || roles.length === 0 || !roles.every(isLooking))) {
    throw new Error(
      `${spec.path} shows people: it says of which views, and to which roles that look at people.`,
    );
  }
  return {
    method: spec.method,
    path: who === 'case' ? `/caso/:caso${spec.path}` : spec.path,
    needs: { who, roles, views, fields, showsPeople },
    ...{ query: spec.query ?? nothing, form: spec.form ?? nothing, params: spec.params ?? nothing },
    answer: (asked) => spec.answer(asked),
  };
}
