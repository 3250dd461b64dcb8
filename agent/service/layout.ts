/** What the service, its user and its folders are called on a machine where the agent is installed. */
export const serviceName = 'guarita-agent';

const folder = '/usr/local/lib/guarita-agent';
const settings = '/etc/guarita-agent';

/** Where everything lies, once. The programs are root's alone; the agent writes into its state folder and nowhere else. */
export const layout = {
  /** The programs, and what an upgrade writes down of itself. */
  folder,
  binary: `${folder}/guarita-agent`,
  /** The version before: what runs again when a new one does not get ready. */
  previous: `${folder}/guarita-agent.previous`,
  /** A new version before it is put in place. */
  staged: `${folder}/guarita-agent.new`,
  /** There while a new version is on trial (see `trial.ts`). */
  trial: `${folder}/trial.json`,
  link: '/usr/local/bin/guarita-agent',
  unit: `/etc/systemd/system/${serviceName}.service`,
  /** What an administrator changed by `systemctl edit`. */
  unitChanges: `/etc/systemd/system/${serviceName}.service.d`,
  settings,
  config: `${settings}/agent.yaml`,
  /** One file a secret, readable by root only: systemd hands them to the service (`LoadCredential=`). */
  credentials: `${settings}/credentials`,
  state: '/var/lib/guarita-agent',
} as const;

export type Layout = { readonly [Name in keyof typeof layout]: string };
