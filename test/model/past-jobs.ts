import Database from 'better-sqlite3';

const day = 86_400_000;

/** Lets the jobs of a central be as many days older. Returns whether it has done any. */
export function shiftJobs(file: string, days: number): boolean {
  const db = new Database(file);
  try {
    if (!hasJobs(db)) return false;
    const times = ['due', 'asked', 'begun', 'ended'].map((name) => `${name} = ${name} - ${days * day}`);
    db.exec(`UPDATE job SET ${times.join(', ')}`);
    return db.prepare('SELECT 1 FROM job WHERE ended IS NOT NULL').get() !== undefined;
  } finally {
    db.close();
  }
}

/** Whether the state was collected by now, since what was before is old, and nothing else is under way or waits for its turn. */
export function isMadeUpFor(file: string): boolean {
  const db = new Database(file, { readonly: true });
  try {
    const done = `EXISTS (SELECT 1 FROM job WHERE ended > ${Date.now() - day} AND kind IN ('collect', 'reconcile'))`;
    const open = `EXISTS (SELECT 1 FROM job WHERE ended IS NULL AND due <= ${Date.now()})`;
    return db.prepare(`SELECT ${done} AND NOT ${open}`).pluck().get() === 1;
  } finally {
    db.close();
  }
}

function hasJobs(db: Database.Database): boolean {
  return db.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'job'`).get() !== undefined;
}
