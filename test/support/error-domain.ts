import { AsyncLocalStorage, AsyncResource, executionAsyncResource } from 'node:async_hooks';

type OnError = (error: unknown, origin: string) => void;

/** The domain of what is under way. */
const within = new AsyncLocalStorage<Domain>();
/** Those that were made outside of any scope: of all that has none of its own. */
const outermost: Domain[] = [];

/**
 * In the place of the package `async-hook-domain`, by which tap gives an error that nobody catches to the test that it
 * comes from. That one has a hook called for every promise, as it is made and as it is collected: a twentieth of all that
 * tests take of the processor. This one has Node carry the domain along.
 */
export class Domain {
  readonly #told: OnError;
  readonly #around = within.getStore();
  #destroyed = false;

  /** Made within an asynchronous scope, it is the domain of whatever is run in that from now on. */
  constructor(onerror: OnError) {
    this.#told = onerror;
    const scope = executionAsyncResource();
    if (scope instanceof AsyncResource) this.#isOf(scope);
    else outermost.push(this);
  }

  /** Whom an error is told. */
  get onerror(): OnError {
    return this.#told;
  }

  destroy(): void {
    this.#destroyed = true;
  }

  /** The innermost that is left. */
  static get current(): Domain | undefined {
    let domain = within.getStore();
    while (domain !== undefined && domain.#destroyed) domain = domain.#around;
    return domain ?? outermost.findLast((each) => !each.#destroyed);
  }

  #isOf(scope: AsyncResource): void {
    const run = scope.runInAsyncScope.bind(scope);
    scope.runInAsyncScope = (work, self, ...args) =>
      run(() => within.run(this, () => work.apply(self as ThisParameterType<typeof work>, args)));
  }
}

process.on('uncaughtExceptionMonitor', (error, origin) => {
  const isOthers =
    process.hasUncaughtExceptionCaptureCallback() || process.listenerCount('uncaughtException') > 0;
  const { current } = Domain;
  if (isOthers || current === undefined) return;
  current.onerror(error, origin);
  // It is told, so this process goes on.
  process.setUncaughtExceptionCaptureCallback(() => process.setUncaughtExceptionCaptureCallback(null));
});
