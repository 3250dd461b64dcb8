// Tier: long. The same on PGlite, and what is refused of each route instead of one of each kind.
import './router.test.ts';
