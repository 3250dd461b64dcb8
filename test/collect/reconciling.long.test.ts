// Tier: long. As the quick file of the same name, on PGlite, with many more losses at any time.
import './reconciling.test.ts';
