import { startSystemAtTest } from '../support/system';
test('x', async () => {
  const at = await startSystemAtTest({ staff: 3, externalContacts: 5, groupChats: 1, leavers: 0 });
  await at.syncAll();
  await at.settled();
  const orig = global.setTimeout;
  await at.system.stop();
  console.log('product stopped', process.getActiveResourcesInfo());
  await at.sandbox.stop();
  console.log('sandbox stopped', process.getActiveResourcesInfo(), (process as any)._getActiveHandles().map((h: any) => `${h.constructor.name} ${h.remotePort ?? ''} ${h.localPort ?? ''} ${h.destroyed ?? ''}`));
  void orig;
});
