import { hours } from '../../../core/clock';
import type { Hours } from './definition.schema';

/** The year round: Shanghai does not change its clocks. */
const aheadMs = hours(8);

/** Whether an instant lies within, or without, as the hours of a rule ask. */
export function fitsHours({ when, weekdays, from, to }: Hours, at: Date): boolean {
  const local = new Date(at.getTime() + aheadMs);
  const time = local.toISOString().slice(11, 16);
  const isWithin = weekdays.includes(local.getUTCDay() || 7) && from <= time && time < to;
  return isWithin === (when === 'in');
}
