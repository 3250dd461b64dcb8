// Tier: long. As the quick file of the same name, with more commands.
import './reader-gone.test.ts';
