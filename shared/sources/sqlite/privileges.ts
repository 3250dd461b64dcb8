import Database from 'better-sqlite3';

/** Tries to write, with nothing but the handle in the way, and takes it back if that ever succeeds. */
export function writePrivileges(db: Database.Database): readonly string[] {
  db.pragma('query_only = OFF');
  try {
    db.exec('CREATE TABLE guarita_write_probe (x)');
    db.exec('ROLLBACK; BEGIN');
    return ['the file was opened for writing'];
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_READONLY')) return [];
    throw error;
  }
}
