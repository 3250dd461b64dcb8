// Tier: long. As the quick file of the same name, with four processes.
import './uncaught.test.ts';
