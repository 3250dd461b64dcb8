// Tier: long. As the quick file of the same name, with four times the people, on PGlite.
import './made-up-people.test.ts';
