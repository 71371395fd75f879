import { memberWatch } from '../../../../src/features/kernel/access';
import type { ActiveJob } from '../../../../src/jobs';
import { useSystem } from '../../../support/system';

const system = useSystem({ staff: 5, externalContacts: 10, groupChats: 0, leavers: 0 });

test('S6 a member who was disabled in WeCom without a callback is out when the next look is over', async () => {
  const { at } = system;
  await at.syncAll('directory');
  const { services } = at.system;
  const { items } = await services.staff.list({ limit: 5 });
  const [chosen, other] = items.filter((one) => one.status === 'active');
  if (!chosen || !other) throw new Error('nobody serves');
  const tokenOf = async (userid: string) =>
    (await services.access.issueToken({ name: userid, roles: ['sales'], userid })).token;
  const [token, others] = [await tokenOf(chosen.userid), await tokenOf(other.userid)];
  expect(await services.access.viewerOfToken(token)).toBeDefined();

  at.sandbox.callbacks.deliverTo(undefined);
  at.sandbox.control.setStaffStatus({ userid: chosen.userid, status: 2 });
  const job = { signal: new AbortController().signal } as ActiveJob;
  await memberWatch({ db: at.db, staff: services.staff }).handle(job);
  await new Promise((resolve) => setTimeout(resolve, 5100));
  expect(await services.access.viewerOfToken(token)).toBeUndefined();
  expect(await services.access.viewerOfToken(others)).toBeDefined();
});
