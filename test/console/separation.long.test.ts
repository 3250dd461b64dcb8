// Tier: long. The quick one with many more cases.

import './separation.test.ts';
