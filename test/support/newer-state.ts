import Database from 'better-sqlite3';

// What a newer version does with the state of an agent as it starts, for a test that takes that version back.

const db = new Database('/var/lib/guarita-agent/agent.sqlite');
db.exec('CREATE TABLE of_a_newer_version (x); DROP TABLE nonce; PRAGMA user_version = 99;');
if (process.argv[2] === 'die') process.kill(process.pid, 'SIGKILL');
db.close();
