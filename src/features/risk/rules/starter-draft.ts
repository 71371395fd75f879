import type { z } from 'zod';
import type { newRule, RuleSettings } from './rules.schema';

/** A rule a company begins with; on unless it says otherwise. */
export type StarterDraft = Omit<z.input<typeof newRule>, 'category'> &
  Pick<RuleSettings, 'category'> & { state?: 'on' | 'off' };

export const by = (said_by: 'staff' | 'external' | 'anyone') => ({ conditions: { said_by } });

/** Words as a line of them. */
export const each = (line: string): string[] => line.split(' ');
