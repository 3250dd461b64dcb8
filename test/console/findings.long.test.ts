// Tier: long. As the quick file of the same name, on PGlite.
import './findings.test.ts';
