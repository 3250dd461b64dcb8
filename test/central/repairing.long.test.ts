// Tier: long. As the quick file of the same name, with every page of a file overwritten.
import './repairing.test.ts';
