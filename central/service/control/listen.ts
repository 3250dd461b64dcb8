import { once } from 'node:events';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { asGuaritaError, GuaritaError } from '../../../shared/errors.ts';
import type { Logger } from '../../../shared/log.ts';
import { controlVersion, messagesFrom, type Request, send, tell } from './messages.ts';
import { controlFolder, makeControlFolder, type SocketPath, socketPath } from './socket.ts';

/** Does what a command asks for. `stop` is aborted when it wants that no more. */
export type Perform = (
  operation: string,
  input: unknown,
  controls: { readonly stop: AbortSignal; readonly onProgress: (progress: unknown) => void },
) => Promise<unknown>;

/** Commands that wait for an answer at once: more than people type. */
const mostCommands = 64;
/** What a command that does not read is told at most; of progress, the next word is as good as the last. */
const mostWaitingBytes = 64 * 1024;
const millisecondsToAsk = 10_000;

export interface ControlListener {
  /** Takes no more commands, and resolves when those in hand are answered. */
  close(): Promise<void>;
}

/**
 * Listens for commands of this folder's owner, at a socket in a folder that nobody else may enter. The caller holds the
 * folder's lock, so a socket that is there already is of a process that is gone. A command that vanishes has asked all
 * the same: only one that says so is cancelled. Throws `state-unwritable`.
 */
export async function listenForCommands(
  state: string,
  perform: Perform,
  log: Logger,
): Promise<ControlListener> {
  const inHand = new Set<Promise<void>>();
  const server = createServer((socket) => {
    const answered = answer(socket, perform, log).finally(() => inHand.delete(answered));
    inHand.add(answered);
  });
  server.maxConnections = mostCommands;
  let bound: SocketPath;
  try {
    makeControlFolder(state);
    bound = socketPath(state);
  } catch (error) {
    throw unwritable(state, error);
  }
  try {
    rmSync(bound.path, { force: true });
    server.listen(bound.path);
    await once(server, 'listening');
    chmodSync(bound.path, 0o600);
  } catch (error) {
    server.close();
    bound.release();
    throw unwritable(state, error);
  }
  server.on('error', (error) => log.warn({ err: error }, 'commands cannot be taken'));
  return {
    async close() {
      // Also removes the socket, by the path that it was bound to.
      server.close();
      await Promise.all(inHand);
      bound.release();
    },
  };
}

function unwritable(state: string, cause: unknown): GuaritaError {
  return new GuaritaError('state-unwritable', `Pasta "${controlFolder(state)}".`, { cause });
}

async function answer(socket: Socket, perform: Perform, log: Logger): Promise<void> {
  // Whoever is gone is told nothing, and that is no failure.
  socket.on('error', () => undefined);
  socket.setTimeout(millisecondsToAsk, () => socket.destroy());
  const messages = messagesFrom<Request>(socket);
  try {
    const first = await messages.next();
    if (first.done === true) return;
    socket.setTimeout(0);
    const { operation, input } = requireRequest(first.value);
    const stop = new AbortController();
    // What comes after a request and is no message changes nothing of it.
    listenForCancel(messages, stop).catch(() => undefined);
    const onProgress = (progress: unknown) => {
      if (socket.writableLength < mostWaitingBytes) send(socket, { progress });
    };
    send(socket, { output: (await perform(operation, input, { stop: stop.signal, onProgress })) ?? null });
  } catch (error) {
    // It went away in the middle of its message.
    if (socket.destroyed) return;
    const known = asGuaritaError(error);
    if (known.code === 'internal') log.error({ err: known }, 'a command failed');
    send(socket, { problem: tell(known) });
  } finally {
    // Not `end`, which waits for the other side: a command may be suspended.
    socket.destroySoon();
  }
}

function requireRequest(request: Request): Exclude<Request, { cancel: true }> {
  if ('operation' in request && request.version === controlVersion) return request;
  throw new GuaritaError('central-running', 'O serviço é de outra versão do programa: reinicie-o.');
}

async function listenForCancel(messages: AsyncGenerator<Request>, stop: AbortController): Promise<void> {
  for await (const message of messages) if ('cancel' in message) stop.abort();
}
