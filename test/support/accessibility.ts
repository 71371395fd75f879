import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { until } from './system';

interface Look {
  /** A selector; the whole page by default. */
  within?: string;
  /** Of the rules, only these. */
  rules?: string[];
  /** Minor and moderate faults count as well. */
  every?: boolean;
}

/** Spinners never end, and nothing waits for them. */
const moving = `document.getAnimations().some(({ playState, effect }) =>
  playState === 'running' && effect.getComputedTiming().endTime !== Infinity)`;

/** What axe calls serious or critical on a page at rest, or all it finds: the rule and where it is broken. */
export async function barriers(page: Page, { within, rules, every = false }: Look = {}): Promise<string[]> {
  // Half-way through its opening, a drawer has other colours.
  await until('the page is at rest', async () => !(await page.evaluate(moving)));
  const axe = new AxeBuilder({ page });
  if (within) axe.include(within);
  if (rules) axe.withRules(rules);
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => every || impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`);
}
