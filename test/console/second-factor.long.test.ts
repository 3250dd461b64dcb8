// Tier: long. As the quick file of the same name, on PGlite, with more cases of each property.
import './second-factor.test.ts';
