// Tier: long. Local sign-in once more, on PGlite and with more of the properties' cases.
import './signing-in.test.ts';
