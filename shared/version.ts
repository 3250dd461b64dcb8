/** Version of this software; `package.json` has the same (a test compares them). */
export const softwareVersion = '0.1.0';
