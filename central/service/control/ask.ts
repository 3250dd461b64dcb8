import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { GuaritaError } from '../../../shared/errors.ts';
import { type Answer, controlVersion, messagesFrom, send, told } from './messages.ts';
import { socketPath } from './socket.ts';

export interface Asking {
  /** Aborted: the service is told to stop it, and its answer is waited for. */
  readonly stop: AbortSignal;
  readonly onProgress: (progress: unknown) => void;
}

/**
 * Has the service that holds this folder do something, and resolves to what it came to. Throws what went wrong there,
 * `central-running` when nobody listens in the folder, is another user's, or ends before it has answered.
 */
export async function askService(
  state: string,
  operation: string,
  input: unknown,
  { stop, onProgress }: Asking,
): Promise<unknown> {
  const socket = await connectTo(state);
  const cancel = () => send(socket, { cancel: true });
  try {
    send(socket, { version: controlVersion, operation, input });
    if (stop.aborted) cancel();
    stop.addEventListener('abort', cancel);
    for await (const answer of messagesFrom<Answer>(socket)) {
      if ('progress' in answer) onProgress(answer.progress);
      else if ('problem' in answer) throw told(answer.problem);
      else return answer.output;
    }
  } catch (error) {
    if (error instanceof GuaritaError) throw error;
    throw new GuaritaError('central-running', 'O serviço não respondeu até o fim.', { cause: error });
  } finally {
    stop.removeEventListener('abort', cancel);
    socket.destroy();
  }
  throw new GuaritaError('central-running', 'O serviço terminou antes de responder.');
}

async function connectTo(state: string): Promise<Socket> {
  try {
    const { path, release } = socketPath(state);
    try {
      const socket = connect(path);
      await once(socket, 'connect');
      socket.on('error', () => undefined);
      return socket;
    } finally {
      release();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === 'EACCES' || code === 'EPERM' ? ' Só o usuário do serviço pode dar comandos a ele.' : '';
    throw new GuaritaError('central-running', `Pasta "${state}".${why}`, { cause: error });
  }
}
