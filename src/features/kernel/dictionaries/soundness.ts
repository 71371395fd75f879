import { type FieldFault, httpError } from '../../../http/errors';
import { dictionaryError } from './dictionaries.errors';
import type { ItemView } from './dictionaries.schema';

/** Whose items divide the points of a customer among them (CUS-10). */
export const graded = 'activity_grade';

export const fault = (path: string, rule: string, message: string) =>
  httpError('validation', [{ path, rule, message }]);

/** @throws dictionary.label_taken, http.validation unless the items may stand together in the place of `before` */
export function assertSound(dictionary: string, before: readonly ItemView[], items: readonly ItemView[]): void {
  assertLabels(items);
  assertDefault(before, items);
  if (dictionary === graded) assertGrades(items.filter(({ active }) => active));
}

function assertLabels(items: readonly ItemView[]): void {
  const seen = new Set<string>();
  for (const { label_zh } of items) {
    const key = label_zh.normalize('NFKC').toLowerCase();
    if (seen.has(key)) throw dictionaryError('label_taken', { label_zh });
    seen.add(key);
  }
}

function assertDefault(before: readonly ItemView[], items: readonly ItemView[]): void {
  const defaults = items.filter(({ is_default }) => is_default);
  if (defaults.length > 1) throw fault('is_default', 'single', 'only one item can be the default');
  const [now] = defaults;
  if (now && !now.active) throw fault('new_default', 'required', 'the default must be active: name a new one');
  const old = before.find(({ is_default }) => is_default);
  const stays = items.some(({ code, active }) => code === old?.code && active);
  if (old && !now && !stays) throw fault('new_default', 'required', 'this was the default: name a new one');
}

/** Ranges must follow one another from 0 to where there is no end. */
function assertGrades(active: readonly ItemView[]): void {
  let next: number | undefined = 0;
  const byPoints = [...active].sort((one, other) => (one.extra.from ?? -1) - (other.extra.from ?? -1));
  for (const { code, extra } of byPoints) {
    const problem = gradeFault(extra, next);
    if (problem) throw httpError('validation', [{ path: `items.${code}`, ...problem }]);
    next = extra.to === null ? undefined : Number(extra.to) + 1;
  }
  if (next !== undefined) throw fault('items', 'gap', `no grade has ${next} points and more`);
}

function gradeFault({ from, to }: ItemView['extra'], next: number | undefined): Omit<FieldFault, 'path'> | undefined {
  if (from === undefined || to === undefined) return { rule: 'required', message: 'an active grade has from and to' };
  if (to !== null && to < from) return { rule: 'range', message: 'ends before it begins' };
  if (next === undefined || from < next) return { rule: 'overlap', message: 'two grades have the same points' };
  return from > next ? { rule: 'gap', message: `no grade has ${next} points` } : undefined;
}

/** The heir of a removed grade takes its points where the two are neighbours. */
export function withPointsOf(heir: ItemView, gone: ItemView): ItemView {
  const { from, to } = gone.extra;
  if (from === undefined || to === undefined || !gone.active) return heir;
  if (heir.extra.to === from - 1) return { ...heir, extra: { ...heir.extra, to } };
  if (to !== null && heir.extra.from === to + 1) return { ...heir, extra: { ...heir.extra, from } };
  return heir;
}
