import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import type { Package } from './packages.ts';
import { type Binary, root } from './programs.ts';

interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
}

interface Sbom {
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/** All that is installed, as npm describes it (CycloneDX). What of it is inside a program is said below. */
export async function installedSbom(): Promise<Sbom> {
  const { stdout } = await promisify(execFile)('npm', ['sbom', '--sbom-format', 'cyclonedx'], {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout) as Sbom;
}

export interface SbomFacts {
  readonly version: string;
  readonly node: string;
  readonly released: string;
  readonly packages: readonly Package[];
}

/**
 * What a program is made of (CycloneDX): the packages of which its bundle has something, and Node. What of npm's would
 * differ from one making to the next, the moment and a random number, is of the source instead.
 */
export function sbomOf(installed: Sbom, binary: Binary, facts: SbomFacts): string {
  const known = new Map(installed.components.map((component) => [component['bom-ref'], component]));
  const inside = new Set(facts.packages.map(({ name, version }) => `${name}@${version}`));
  const components = [...inside].map((ref) => {
    const component = known.get(ref);
    if (component === undefined) throw new Error(`npm's list of what is installed has no ${ref}`);
    return component;
  });
  const own = ownComponent(installed.metadata.component, binary, facts.version);
  const node = nodeComponent(facts.node, binary);
  const dependencies = installed.dependencies.flatMap(({ ref, dependsOn }) => {
    const kept = dependsOn.filter((other) => inside.has(other));
    if (ref === installed.metadata.component['bom-ref']) {
      return [{ ref: own['bom-ref'], dependsOn: [...kept, node['bom-ref']] }];
    }
    return inside.has(ref) ? [{ ref, dependsOn: kept }] : [];
  });
  const content = {
    ...installed,
    serialNumber: '',
    metadata: { ...installed.metadata, timestamp: facts.released, component: own },
    components: [...components, node],
    dependencies: [...dependencies, { ref: node['bom-ref'], dependsOn: [] }],
  };
  return `${JSON.stringify({ ...content, serialNumber: serialNumber(JSON.stringify(content)) }, null, 2)}\n`;
}

function ownComponent(project: Component, { program, platform, name }: Binary, version: string): Component {
  return {
    ...project,
    ...{ 'bom-ref': `${program}@${version}`, type: 'application', name: program, version },
    ...{ purl: `pkg:generic/${program}@${version}?platform=${platform}&file_name=${name}` },
  };
}

function nodeComponent(version: string, { platform }: Binary): Component {
  return {
    'bom-ref': `node@${version}`,
    ...{ type: 'platform', name: 'node', version, scope: 'required', description: 'Node.js' },
    ...{
      purl: `pkg:generic/node@${version}?platform=${platform}`,
      cpe: `cpe:2.3:a:nodejs:node.js:${version}:*:*:*:*:*:*:*`,
    },
    ...{ licenses: [{ license: { id: 'MIT' } }] },
  };
}

/** A UUID made of the content (RFC 9562, version 8), where npm gives a random one. */
function serialNumber(content: string): string {
  const hex = createHash('sha256').update(content).digest('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`];
  return `urn:uuid:${[...parts, hex.slice(20, 32)].join('-')}`;
}
