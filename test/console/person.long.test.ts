// Tier: long. The same on PGlite, with more grants and 20,000 visits.
import './person.test.ts';
