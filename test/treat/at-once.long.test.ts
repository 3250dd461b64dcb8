// Tier: long. The same treatments at once, of six times the cases, on PostgreSQL.
import './at-once.test.ts';
