// Tier: long. As the quick file of the same name, on PGlite.
import './desk.test.ts';
