// Files of packages, from the root, that the console's pages have something of.

/** The design system of the federal government, whole. */
export const designSystem = 'node_modules/@govbr-ds/core/dist/core.min.css';
/** In U+0000–00FF, which has all of Portuguese, at every weight. */
export const fontFile = 'node_modules/@fontsource-variable/raleway/files/raleway-latin-wght-normal.woff2';
