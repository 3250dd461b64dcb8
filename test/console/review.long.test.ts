// Tier: long. As the quick file of the same name, on PGlite.
import './review.test.ts';
