// Tier: long. The same treatments at once, of twelve times the cases, on PostgreSQL.
import './at-once.test.ts';
