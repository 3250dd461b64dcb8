import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import { brazilBox, brazilPaths } from '../../../central/console/html/svg/brazil-paths.ts';
import { stateCodes } from '../../../central/console/states/names.ts';
import { rounded } from '../../../scripts/docs/outlines.ts';

/** The points of a path as a browser reads it, a shape each. */
function pointsIn(path: string): [number, number][][] {
  return [...path.matchAll(/M(-?\d+) ?(-?\d+)l([^z]*)z/g)].map(([, left, top, steps = '']) => {
    let [x, y] = [Number(left), Number(top)];
    const numbers = steps.match(/-?\d+/g)?.map(Number) ?? [];
    const points: [number, number][] = [[x, y]];
    for (let index = 0; index < numbers.length; index += 2) {
      [x, y] = [x + (numbers[index] ?? 0), y + (numbers[index + 1] ?? 0)];
      points.push([x, y]);
    }
    return points;
  });
}

export async function outlinesAreRounded(t: Test): Promise<void> {
  await t.test('every state is there, within the map, in few bytes', (t) => {
    t.strictSame(
      Object.keys(brazilPaths),
      stateCodes.filter((code) => code !== 'BR'),
    );
    const [, , width, height] = brazilBox.split(' ').map(Number) as [number, number, number, number];
    for (const [state, path] of Object.entries(brazilPaths)) {
      t.match(path, /^(?:M-?\d+[ -]\d+l(?:[ -]?\d+[ -]\d+)*z)+$/, state);
      const points = pointsIn(path).flat();
      t.ok(
        points.length > 5 && points.every(([x, y]) => x >= 0 && x <= width && y >= 0 && y <= height),
        state,
      );
    }
    t.ok(Object.values(brazilPaths).join('').length < 30_000, 'a page has place for it');
    t.end();
  });

  await t.test('each point is rounded where it lies, however many came before it', (t) => {
    // Eighths, whose sums are exact.
    const coordinate = fc.integer({ min: 0, max: 5000 }).map((eighths) => eighths / 8);
    const shape = fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 40 });
    fc.assert(
      fc.property(fc.array(shape, { minLength: 1, maxLength: 3 }), (shapes) => {
        let [x, y] = [0, 0];
        const paths = shapes.map((points) => {
          const steps = points.map(([left, top]) => {
            const step = `${left - x},${top - y}`;
            [x, y] = [left, top];
            return step;
          });
          // A shape that is closed ends where it began.
          [x, y] = points[0] ?? [0, 0];
          return `m ${steps.join(' ')} z`;
        });
        const expected = shapes.map((points) =>
          points
            .map(([left, top]): [number, number] => [Math.round(left), Math.round(top)])
            .filter(([left, top], index, all) => left !== all[index - 1]?.[0] || top !== all[index - 1]?.[1]),
        );
        assert.deepEqual(
          pointsIn(rounded(paths.join(' '))),
          expected.filter((points) => points.length > 2),
        );
      }),
    );
    t.throws(() => rounded('m 0,0 c 1,1 2,2 3,3 z'), /no command/);
    t.equal(rounded('m 1,1 0.1,0.1 z'), '', 'an islet that nobody would see');
    t.end();
  });
}
