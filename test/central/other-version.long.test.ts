// Tier: long. As the quick file of the same name, before each transaction of a treatment instead of each third.
import './other-version.test.ts';
