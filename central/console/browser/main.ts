import { guardForms } from './forms.ts';
import { showPrintButtons } from './print.ts';
import { askAgainOnReturn } from './return.ts';
import { useSecurityKeys } from './webauthn.ts';

// What only a browser can do, and no page needs: each of them works without it.

guardForms();
showPrintButtons();
askAgainOnReturn();
useSecurityKeys();
