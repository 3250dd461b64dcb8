// Tier: long. As the quick file of the same name, on PGlite and with more cases.
import './quotas.test.ts';
