/** What was done with a request for access, by its code as the base keeps it. */
export type StepKind =
  /** Asked for, by an e-mail address; another link was asked for; the address was confirmed by one. */
  | 'pedido'
  | 'link'
  | 'confirmado'
  /** The form was filled in. */
  | 'formulario'
  /** The authority of the body agreed, on the page or by a signed document; or said no. */
  | 'autorizado'
  | 'documento'
  | 'negado'
  /** An Autorizador approved or refused; a temporary password was asked for. */
  | 'aprovado'
  | 'recusado'
  | 'senha'
  /** The one who asked gave it up; signed in with what was given. */
  | 'desistiu'
  | 'entrou';

export interface Step {
  readonly kind: StepKind;
  /** ISO 8601. */
  readonly at: string;
  /** The person with an account who did it; null: somebody without one. */
  readonly by: string | null;
}

/** What a request waits for. */
export type Waiting = 'email' | 'form' | 'authority' | 'approval' | 'password' | 'sign-in';

/** What became of a request. */
export type Outcome = 'done' | 'refused' | 'withdrawn';

export type RequestState =
  | {
      readonly kind: Waiting;
      readonly since: string;
      /** Until when it is done, or the request is over; null: whenever it suits. */
      readonly until: string | null;
      /** Who has approved so far, where two have to. */
      readonly approvedBy: readonly string[];
    }
  | { readonly kind: Outcome; readonly since: string }
  /** A deadline passed. */
  | { readonly kind: 'expired'; readonly of: Waiting; readonly since: string };

const hour = 3_600_000;
const day = 24 * hour;

/** Within how long each is done, in milliseconds. */
export const within: Readonly<Record<Waiting, number>> = {
  email: 24 * hour,
  form: 72 * hour,
  authority: 10 * day,
  approval: 10 * day,
  password: 24 * hour,
  // Whoever did not enter by then has other plans; the role is there all the same, as long as it holds.
  'sign-in': 30 * day,
};

/** What may be done while a request waits for something, and what it waits for then. */
const moves: Readonly<Record<Waiting, Readonly<Partial<Record<StepKind, Waiting | Outcome>>>>> = {
  email: { link: 'email', confirmado: 'form' },
  form: { formulario: 'authority', desistiu: 'withdrawn' },
  authority: {
    ...{ autorizado: 'approval', documento: 'approval', negado: 'refused', desistiu: 'withdrawn' },
  },
  approval: { aprovado: 'sign-in', recusado: 'refused', desistiu: 'withdrawn' },
  // Nobody gives up what they have: that is a role, which is ended.
  password: { senha: 'password', entrou: 'done' },
  'sign-in': { senha: 'password', entrou: 'done' },
};

/**
 * What a request waits for, or what became of it: of its steps and the clock alone, so a deadline that passed is passed
 * whether or not anybody looks. A step that was not to be done in its state does nothing.
 * @param steps in their order, the first one `pedido` @param approvals how many Autorizadores have to say yes
 */
export function stateOf(steps: readonly Step[], approvals: 1 | 2, now: Date): RequestState {
  const [first, ...later] = steps;
  if (first === undefined) throw new RangeError('A request begins with a step.');
  let state = waiting('email', first.at);
  for (const step of later) state = after(asOf(state, step.at), step, approvals);
  return asOf(state, now.toISOString());
}

/** Whether something may be done in a state, by somebody: nobody approves twice. */
export function takes(state: RequestState, step: Pick<Step, 'kind' | 'by'>): boolean {
  const from = openOf(state, step.kind);
  if (from === null || moves[from][step.kind] === undefined) return false;
  return step.kind !== 'aprovado' || step.by === null || !approvedBy(state).includes(step.by);
}

/** Whether nothing can come of it any more. */
export function isOver(state: RequestState): boolean {
  return state.kind === 'refused' || state.kind === 'withdrawn' || state.kind === 'done' || isLost(state);
}

function isLost(state: RequestState): boolean {
  return state.kind === 'expired' && state.of !== 'password';
}

function after(state: RequestState, step: Step, approvals: 1 | 2): RequestState {
  const from = openOf(state, step.kind);
  if (from === null || !takes(state, step)) return state;
  const to = moves[from][step.kind] as Waiting | Outcome;
  if (step.kind === 'aprovado' && state.kind === 'approval') {
    const said = [...state.approvedBy, ...(step.by === null ? [] : [step.by])];
    // The next one has what is left of the time.
    if (said.length < approvals) return { ...state, approvedBy: said };
  }
  return isWaiting(to) ? waiting(to, step.at) : { kind: to, since: step.at };
}

/** What a step is done in: a temporary password that ran out is given anew, and whoever enters otherwise has entered. */
function openOf(state: RequestState, step: StepKind): Waiting | null {
  if (isWaiting(state.kind)) return state.kind;
  const isPassword = state.kind === 'expired' && state.of === 'password';
  return isPassword && (step === 'senha' || step === 'entrou') ? 'password' : null;
}

function asOf(state: RequestState, at: string): RequestState {
  if (!('until' in state) || state.until === null || Date.parse(state.until) > Date.parse(at)) return state;
  return { kind: 'expired', of: state.kind, since: state.until };
}

function waiting(kind: Waiting, at: string): RequestState {
  const time = within[kind];
  const until = time === null ? null : new Date(Date.parse(at) + time).toISOString();
  return { kind, since: at, until, approvedBy: [] };
}

function approvedBy(state: RequestState): readonly string[] {
  return 'approvedBy' in state ? state.approvedBy : [];
}

function isWaiting(kind: RequestState['kind']): kind is Waiting {
  return Object.hasOwn(moves, kind);
}
