import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import { rules } from '../../../central/treat/rules/all.ts';
import { anyScene } from './random-scene.ts';
import { findings, type Scene } from './scene.ts';

/** Without them, who left would still be held, and who is at home in a cell. */
const telling = ['saida', 'regime'] as const;

function without(scene: Scene, column: string): Scene {
  const hidden = (scene.custodia ?? []).map((row) => {
    const notes = (row['notes'] as readonly string[]).filter((note) => !note.startsWith(`${column}:`));
    return { ...row, [column]: null, notes };
  });
  return { ...scene, custodia: hidden };
}

/** A rule that takes a column that a source does not show for one without values needs it. */
export function hiddenColumns(t: Test): void {
  fc.assert(
    fc.property(anyScene, (scene) => {
      for (const column of telling) {
        const hidden = without(scene, column);
        for (const rule of rules) {
          const asked = [...rule.needs, ...(rule.needsOne ?? [])];
          if (rule.code === 'T05' || asked.includes(`custodia.${column}`)) continue;
          const shown = new Set(findings(rule, scene));
          const more = findings(rule, hidden).filter((each) => !shown.has(each));
          assert.deepEqual(more, [], `${rule.code} needs custodia.${column}`);
        }
      }
    }),
    { numRuns: 60 },
  );
  t.pass('what is not shown is not found');
  t.end();
}
