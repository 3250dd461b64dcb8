import { Presets, SingleBar } from 'cli-progress';

export interface DoctorProgress {
  readonly update: (step: string, done: number, total: number) => void;
  readonly stop: () => void;
}

/** What is being looked at, on standard error: a large view takes minutes. Nothing when that is no terminal. */
export function createDoctorProgress(): DoctorProgress {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar(
    { format: '{bar} {value}/{total}  {step}', clearOnComplete: true, hideCursor: true },
    Presets.shades_classic,
  );
  bar.start(1, 0, { step: '' });
  return {
    update(step, done, total) {
      bar.setTotal(total);
      bar.update(done, { step });
    },
    stop: () => bar.stop(),
  };
}
