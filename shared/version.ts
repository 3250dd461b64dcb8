/** In a packaged program: the version that it was made as (`scripts/package/`). */
declare const GUARITA_VERSION: string | undefined;

/** Version of this software; `package.json` has the same (a test compares them). */
export const softwareVersion = typeof GUARITA_VERSION === 'string' ? GUARITA_VERSION : '0.1.0';
