import type { Day } from '../../src/domain/day.ts';
import type { RawLicense } from '../world/raw-rows.ts';

/** True for a licence whose app is in use on a day: cancelled ones are until they end. */
export function isInstalled({ maintenanceEndDate, status }: RawLicense, day: Day): boolean {
  return status === 'active' || (status === 'cancelled' && (maintenanceEndDate ?? '9999') > day);
}
