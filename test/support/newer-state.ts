import Database from 'better-sqlite3';

// What a newer version does with the state of an agent as it starts, for a test that takes that version back.

const [, , file, end] = process.argv;
const db = new Database(file);
db.exec('CREATE TABLE of_a_newer_version (x); DROP TABLE nonce; PRAGMA user_version = 99;');
if (end === 'die') process.kill(process.pid, 'SIGKILL');
db.close();
