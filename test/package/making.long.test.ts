// Tier: long. As the quick file of the same name, with each program bundled whole.
import './making.test.ts';
