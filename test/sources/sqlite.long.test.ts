// Tier: long. As the quick file of the same name, with huge rows and more cases.
import './sqlite.test.ts';
