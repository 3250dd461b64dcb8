import { worst } from '../../shared/doctor/health.ts';
import { examine } from '../doctor/examine.ts';
import type { DoctorReport } from '../doctor/report.ts';
import type { Place } from './place.ts';

/** The same that `doctor --json` prints. */
export async function doctorReport({ doctor, ...place }: Place): Promise<DoctorReport | string> {
  if (!doctor) return 'não foi rodado (--no-doctor)';
  const { checks } = await examine(place);
  return { at: new Date().toISOString(), health: worst(checks.map(({ health }) => health)), checks };
}
