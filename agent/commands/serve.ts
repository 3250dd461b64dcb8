import { agreementProblems } from '../../shared/agreement/agreement.ts';
import { asGuaritaError, GuaritaError } from '../../shared/errors.ts';
import { createLogger, type Logger } from '../../shared/log.ts';
import type { MetricsConfig } from '../../shared/metrics-config.ts';
import { listenForMetrics, type MetricsListener } from '../../shared/metrics-listener.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { GuardedSource } from '../../shared/sources/guarded-source.ts';
import { allowsWritable, openConfigured } from '../../shared/sources/open-engine.ts';
import { lostTls, lostTlsWarning } from '../../shared/sources/postgres-client/environment-tls.ts';
import type { ViewSource } from '../../shared/sources/view-source.ts';
import { asStateError, lockFolder } from '../../shared/state-file.ts';
import { buildApp } from '../app.ts';
import type { AgentConfig } from '../config/config.ts';
import { readAgentConfig } from '../config/read-config.ts';
import { type AgentHome, openHome } from '../home.ts';
import type { AgentMetrics } from '../metrics.ts';
import { isAble } from '../service/able.ts';
import { firstLook } from '../service/first-look.ts';
import { createNotifier } from '../service/notify.ts';
import { reminders } from '../service/reminders.ts';
import { isOfAnother } from '../state/as-owner.ts';

/** Serves until it is told to stop, then finishes the pages in hand. */
export async function serve(configFile: string, context: ProgramContext): Promise<void> {
  const config = readAgentConfig(configFile, context.environment);
  const log = createLogger(config.log.level, 'guarita-agent');
  requireOwnFolder(config);
  const { source } = config;
  if ('url' in source && lostTls(source.url, context.environment))
    log.warn({ option: 'source.url' }, lostTlsWarning);
  // Nothing is connected to yet, but what the configuration refers to has to be there, in force or not.
  await (await openConfigured(config, context)).close();
  // Two of one folder would keep two journals of one chain.
  const lock = lockFolder(config.state, 'agent');
  if (lock === null) throw new GuaritaError('agent-running', `Pasta "${config.state}".`);
  try {
    await serveFrom(config, context, log);
  } catch (error) {
    throw asStateError(error, config.state);
  } finally {
    lock.release();
  }
}

async function serveFrom(config: AgentConfig, context: ProgramContext, log: Logger): Promise<void> {
  const home = await openHome(config);
  const source = guardedSource(config, context, home, log);
  const watch = agreementWatch(home, source, log);
  const watching = setInterval(watch, watchEvery);
  try {
    await checkSource(source, log);
    const metrics = await createMetrics(config.metrics, source, home);
    const app = await buildApp({
      ...{ id: config.id, uf: config.uf, source, home, log },
      timeoutSeconds: config.source.timeoutSeconds,
      scanTimeoutSeconds: config.source.scanTimeoutSeconds,
      tls: config.listen.tls,
      allow: config.listen.allow,
      limits: config.limits,
      ...(metrics === null ? {} : { metrics }),
    });
    const { environment } = context;
    const notifier = createNotifier({ environment, log, isAble: () => isAble(app.server, home.db) });
    let listener: MetricsListener | null = null;
    try {
      listener = await listenForCounts(metrics, config.metrics, log);
      const address = await listen(app, config.listen);
      context.print(`guarita-agent ${config.id} atendendo em ${address}`);
      if (listener !== null) context.print(`métricas em ${listener.url}`);
      watch();
      await notifier.ready();
      giveBackMemory();
      await stopped(context.stop);
      await notifier.stopping();
      log.info('stopping: pages in hand are finished first');
    } finally {
      await app.close();
      await listener?.close();
    }
  } finally {
    clearInterval(watching);
    await source.close();
    home.close();
  }
}

/** Root would leave files in the folder that its owner cannot use, and go wherever a link there leads. */
function requireOwnFolder({ state }: AgentConfig): void {
  if (!isOfAnother(state)) return;
  throw new GuaritaError('state-of-another', `Pasta "${state}".`);
}

/** How often the agreement is looked at without anybody asking, in milliseconds. */
const watchEvery = 60_000;

/**
 * The end of the agreement is noticed by itself: the instant is written down, and the database let go of. What is about
 * to end is said in the log.
 */
function agreementWatch(home: AgentHome, source: GuardedSource, log: Logger): () => void {
  const remind = reminders(home, log);
  return () => {
    try {
      if (home.agreements.find() !== null) home.agreements.state();
      remind();
    } catch (error) {
      log.error({ err: error }, 'the agreement cannot be looked at');
    }
    source.closeUnlessAgreed().catch((error: unknown) => {
      log.error({ err: asGuaritaError(error) }, 'the database cannot be let go of');
    });
  };
}

function guardedSource(
  config: AgentConfig,
  context: ProgramContext,
  { agreements }: AgentHome,
  log: Logger,
): GuardedSource {
  return new GuardedSource({
    open: () => openConfigured(config, context),
    allowWritable: allowsWritable(config),
    log,
    requireAgreement: () => void agreements.require(),
  });
}

/** Null when they are off: who does not use them does not pay for them in memory. */
async function createMetrics(
  { port }: MetricsConfig,
  source: ViewSource,
  home: AgentHome,
): Promise<AgentMetrics | null> {
  if (port === undefined) return null;
  const { AgentMetrics } = await import('../metrics.ts');
  return new AgentMetrics({ source, certificateEnd: () => home.identity().certificate.end });
}

async function listenForCounts(
  metrics: AgentMetrics | null,
  { host, port }: MetricsConfig,
  log: Logger,
): Promise<MetricsListener | null> {
  if (metrics === null || port === undefined) return null;
  return listenForMetrics({ host, port, page: metrics.registry, log });
}

/** Views of which what is declared cannot work. Found in a running agent, they are only broken. */
const refused: ReadonlySet<string> = new Set(['mode-unusable', 'watermark-unusable']);

/** An agent without an agreement in force runs, and says to whoever asks that it has none. */
const outsideAgreement: ReadonlySet<string> = new Set([
  'agreement-missing',
  ...Object.values(agreementProblems),
]);

/**
 * A wrong configuration ends the start; a database that is down does not: the agent then answers 503 until it is
 * back, so that neither side has to be started in order.
 */
async function checkSource(source: ViewSource, log: Logger): Promise<void> {
  try {
    const { views, broken } = await firstLook(source);
    for (const { name, problem, detail } of broken) {
      const error = new GuaritaError(problem, detail);
      if (views.length === 0 || refused.has(problem)) throw error;
      log.error({ view: name, code: problem, err: error }, 'the view cannot be served; the others are');
    }
  } catch (error) {
    const isOutside = error instanceof GuaritaError && outsideAgreement.has(error.code);
    if (!(error instanceof GuaritaError) || (error.retry !== 'later' && !isOutside)) throw error;
    log.warn({ code: error.code, err: error }, 'nothing is served yet');
  }
}

async function listen(
  app: { listen(options: { host: string; port: number }): Promise<string> },
  options: { host: string; port: number },
): Promise<string> {
  try {
    return await app.listen(options);
  } catch (error) {
    throw new GuaritaError('address-in-use', `${options.host}:${options.port}.`, { cause: error });
  }
}

/**
 * What starting took is given back, which V8 does by itself only when more is asked for: 6 MB of an agent that waits
 * for the day's collection. A packaged program has V8's `gc` (`pkg.config.json`); from source this does nothing.
 */
function giveBackMemory(): void {
  globalThis.gc?.({ type: 'major', flavor: 'last-resort', execution: 'sync' });
}

function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
