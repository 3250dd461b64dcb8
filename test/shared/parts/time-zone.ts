import type { Test } from 'tap';
import { Temporal } from 'temporal-polyfill';
import { isTimeZone, offsetSeconds, requireTimeZone, timeZoneFault } from '../../../shared/time-zone.ts';

export async function timeZones(t: Test): Promise<void> {
  void t.test('a place, UTC, or a difference to UTC is a time zone', async (t) => {
    for (const name of Intl.supportedValuesOf('timeZone').filter((name) => name.includes('/'))) {
      t.ok(isTimeZone(name), name);
    }
    for (const name of ['UTC', '-03:00', '+05:30', '+14:00', '-00:00', 'Brazil/East'])
      t.ok(isTimeZone(name), name);
  });

  void t.test(
    'what could mean two things, or nothing, is none, and what to write instead is said',
    async (t) => {
      const names = [
        ...[
          'UTC-3',
          'UTC+3',
          'GMT-3',
          'Etc/GMT+3',
          'etc/gmt+3',
          'BRT',
          'BRT3',
          '<-03>3',
          'EST',
          'EST5EDT',
          'Z',
        ],
        ...['-3', '-03', '-0300', '03:00', '-03:60', '-15:00', '-03:00:00', '-03:00 ', 'local', '', ' UTC'],
        ...['America/Maceió', 'America/Nowhere', 'America', '/', 'posix/America/Maceio', "America/Maceio'"],
      ];
      for (const name of names) {
        t.notOk(isTimeZone(name), name);
        t.throws(() => requireTimeZone(name, '--time-zone'), {
          code: 'option-invalid',
          detail: `--time-zone: "${name}" ${timeZoneFault}.`,
        });
      }
    },
  );

  void t.test('how far ahead of UTC its clocks are, at an instant', async (t) => {
    const at = (text: string) => Temporal.Instant.from(text);
    t.equal(offsetSeconds('-03:00'), -3 * 3600, 'behind, whatever POSIX says');
    t.equal(offsetSeconds('+05:30'), 5.5 * 3600);
    t.equal(offsetSeconds('UTC'), 0);
    t.equal(offsetSeconds('America/Sao_Paulo', at('2018-12-01T00:00:00Z')), -2 * 3600, 'in its last summer');
    t.equal(offsetSeconds('America/Sao_Paulo', at('2026-12-01T00:00:00Z')), -3 * 3600);
  });
}
