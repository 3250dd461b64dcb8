// Tier: long. The same treatments at once, of six times the cases, and a process that is killed while it treats, on PostgreSQL.
import './at-once.test.ts';
