import { firstOpenStep } from '../../web/src/pages/setup/steps';

const at = '2026-03-02T02:00:00.000Z';
const secrets = ['WECOM_AGENT_SECRET', 'WECOM_CONTACTS_SECRET'];

interface Told {
  corp?: string;
  connected?: boolean;
  set?: string[];
  verified?: string[];
}

/** What the server tells. */
const told = ({ corp = 'ww1', connected = true, set = [], verified = [] }: Told) => ({
  corp_id: corp,
  connected,
  settings: secrets.map((name) => ({ name, source: set.includes(name) ? 'database' : 'unset' })),
  callbacks: ['agent', 'contacts', 'archive'].map((receiver) => ({
    ...{ receiver, last_event_at: null, verified_at: verified.includes(receiver) ? at : null },
  })),
});

test.each([
  ['company', { corp: '', connected: false }],
  ['app', { connected: false, set: secrets }],
  ['contacts', { set: secrets.slice(0, 1) }],
  ['callbacks', { set: secrets }],
  ['callbacks', { set: secrets, verified: ['agent'] }],
  ['trust', { set: secrets, verified: ['agent', 'contacts'] }],
])('a wizard that was left goes on at: %s', (step, known: Told) => {
  expect(firstOpenStep(told(known), false)).toBe(step);
});

test('after the first sync there is nothing left to do', () => {
  expect(firstOpenStep(told({ set: secrets }), true)).toBe('done');
});
