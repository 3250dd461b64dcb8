import { useSecurityKeys } from './webauthn.ts';

// What only a browser can do, and no page needs: each of them works without it.

useSecurityKeys();
