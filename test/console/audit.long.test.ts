// Tier: long. As the quick file of the same name, on PGlite, with more random cases.
import './audit.test.ts';
