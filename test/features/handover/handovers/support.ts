import { hours } from '../../../../src/core/clock';
import type { Json, SystemAtTest } from '../../../support/system';

/** Members who serve external contacts, those with most of them first. */
export const busiest = ({ sandbox }: SystemAtTest): string[] =>
  sandbox.world
    .followers()
    .sort((a, b) => b.relations.size - a.relations.size)
    .map(({ userid }) => userid);

export async function leaves(at: SystemAtTest, ...userids: string[]): Promise<void> {
  for (const userid of userids) at.sandbox.control.staffLeaves({ userid });
  await at.settled();
  await at.syncAll();
}

/** A plan, stored. @throws when it is refused */
export async function plan(at: SystemAtTest, body: object): Promise<Json> {
  const answer = await at.api.post('handovers', body);
  if (answer.status !== 201) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

async function run(at: SystemAtTest, id: string, action: 'submit' | 'refresh'): Promise<Json> {
  const { status, body } = await at.api.post(`handovers/${id}/${action}`);
  if (status !== 202) throw new Error(`${action}: ${status} ${JSON.stringify(body)}`);
  return at.runEnds('runs', body.id);
}

export const submit = (at: SystemAtTest, id: string): Promise<Json> => run(at, id, 'submit');
export const refresh = (at: SystemAtTest, id: string): Promise<Json> => run(at, id, 'refresh');

/** The 24 hours are over at WeCom, as if they had been long ago: what it tells is of now. */
export async function aDayLater(at: SystemAtTest): Promise<void> {
  for (const transfer of at.sandbox.world.transfers) if (!transfer.outcome) transfer.takeover_time = 0;
  at.sandbox.control.settleTransfers();
  await at.settled();
}

export const itemsOf = (at: SystemAtTest, id: string, query = ''): Promise<Json[]> =>
  at.api.all(`handovers/${id}/items${query}`);

/** To its end: submitted, a day later, asked, and everything that follows. */
export async function carriedOut(at: SystemAtTest, id: string): Promise<Json> {
  await submit(at, id);
  await aDayLater(at);
  await refresh(at, id);
  await at.settled();
  return (await at.api.get(`handovers/${id}`)).body;
}

export const dayMs = hours(24);
