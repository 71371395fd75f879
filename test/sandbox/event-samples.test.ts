import { eventSamples } from '../../src/sandbox';
import { parseXml } from '../../src/wecom/xml';

const names = Object.keys(eventSamples);

test('there is one for every family of the reference', () => {
  const families = new Set(names.map((name) => name.split(/[/#]/)[0]));
  expect(names.length).toBeGreaterThan(100);
  for (const event of ['change_external_contact', 'change_external_chat', 'change_external_tag', 'change_contact']) {
    expect(families).toContain(event);
  }
});

test.each(names)('%s is well formed and names itself', (name) => {
  const event = parseXml(eventSamples[name]?.({ corpId: 'wwother' }) ?? '');
  expect(event.ToUserName).toBe('wwother');
  expect(event.CreateTime).toMatch(/^\d{10}$/);
  const [family, change] = name.replace(/#.*/, '').split('/');
  if (family === 'message') expect(event.MsgType).toBe(change);
  else expect([event.Event, event.ChangeType]).toEqual([family, change]);
});
