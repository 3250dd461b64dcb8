// Tier: long. As the quick file of the same name, with more registers and a process more that is killed.
import './files.test.ts';
