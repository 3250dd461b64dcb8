// Tier: long. The quick one again with more cases, on PGlite.
import './quotas.test.ts';
