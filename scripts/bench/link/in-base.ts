import { join } from 'node:path';
import { migrateBase } from '../../../central/base/migrate.ts';
import { PostgresBase } from '../../../central/base/postgres.ts';
import { nodeFlags } from '../../demo/processes.ts';
import { measuredProcess } from '../measured-process.ts';
import { say } from '../say.ts';
import { type Bench, connect } from '../setup.ts';
import type { LinkBaseFigures } from './base-process.ts';
import { fillBase } from './fill-base.ts';

const script = join(import.meta.dirname, 'base-process.ts');

/** People who are new to the nation in a day. */
const newOnes = 1600;

/** The same registers in a base, linked as they come: all but a day's, and then those of that day. */
export async function inBase(bench: Bench, file: string) {
  const url = await bench.createDatabase('cadastros');
  const base = new PostgresBase({ url, password: 'bench', connections: 2, timeoutSeconds: 600 });
  const client = await connect(bench.server.url('cadastros'));
  const linked = () =>
    measuredProcess<LinkBaseFigures>(script, { url, passwordFile: bench.passwordFile }, nodeFlags);
  try {
    await migrateBase(base);
    const step = Math.max(2, Math.floor(bench.rows / newOnes));
    const isNew = (place: number) => place % step === step - 1;
    await fillBase(base, file, (place) => !isNew(place));
    await client.query('VACUUM ANALYZE');
    const all = await linked();
    await client.query('VACUUM ANALYZE');
    const registers = await fillBase(base, file, isNew);
    const daily = await linked();
    say('in the base, seconds', {
      all: all.seconds,
      'peak MB': all.peakMb,
      'CPU s': all.cpuSeconds,
      ...all.parts,
    });
    say('a day in the base, seconds', {
      registers,
      all: daily.seconds,
      'peak MB': daily.peakMb,
      ...daily.parts,
    });
    return {
      ...{ baseSeconds: all.seconds, basePeakMb: all.peakMb, baseParts: all.parts },
      ...{ dailyRegisters: registers, dailySeconds: daily.seconds, dailyParts: daily.parts },
    };
  } finally {
    await client.end();
    await base.close();
  }
}
