import { layout, serviceName } from './layout.ts';
import { type RunTool, succeeds } from './run-tool.ts';

/** The user that the service runs as: without a password, a shell or a home of its own. */
export async function ensureUser(run: RunTool): Promise<void> {
  if (await succeeds(run, 'id', ['-u', serviceName])) return;
  const home = ['--home-dir', layout.state, '--no-create-home', '--shell', '/usr/sbin/nologin'];
  await run('useradd', ['--system', '--user-group', ...home, '--comment', 'Guarita', serviceName]);
}

export async function removeUser(run: RunTool): Promise<void> {
  if (await succeeds(run, 'id', ['-u', serviceName])) await run('userdel', [serviceName]);
  // On most systems it goes with its user.
  if (await succeeds(run, 'getent', ['group', serviceName])) await run('groupdel', [serviceName]);
}

/** Whether the service's user may read a file, with all the folders on the way. */
export function userCanRead(run: RunTool, file: string): Promise<boolean> {
  return succeeds(run, 'runuser', ['-u', serviceName, '--', 'test', '-r', file]);
}
