// Tier: long. The same on PGlite.
import './outbox.test.ts';
