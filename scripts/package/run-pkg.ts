import pkg from '@yao-pkg/pkg/lib-es5/sea.js';
import type { PkgOrder } from './pkg.ts';

/** pkg's plain mode, with the settings that its command line does not pass on. Run by `pkg.ts`. */
const order = JSON.parse(process.argv[2] ?? '') as PkgOrder;
const { main, output, nodeRange, platform, arch, seaConfig } = order;
const defaults = { disableExperimentalSEAWarning: true, useSnapshot: false, useCodeCache: false };
await pkg.default(main, {
  targets: [{ nodeRange, platform, arch, output }],
  signature: false,
  seaConfig: { ...defaults, ...seaConfig },
});
