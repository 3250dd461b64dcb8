// Tier: long. Signing in by Login Único once more, on PGlite and with more of the properties' cases.
import './login-unico.test.ts';
