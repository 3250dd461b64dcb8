// Tier: long. The same, with what is refused and what is undone asked after each power that a DBA may have given.
import './rights.test.ts';
