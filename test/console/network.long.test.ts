// Tier: long. As the quick file of the same name, in more random worlds.
import './network.test.ts';
