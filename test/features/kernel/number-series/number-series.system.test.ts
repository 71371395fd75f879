import type { Json } from '../../../support/system';
import { useConfiguring } from '../configuring';

const { as, ask, read, trail, system } = useConfiguring();

const text = (value: string) => ({ kind: 'text', text: value });
const date = (format: string) => ({ kind: 'date', format });
const counter = (width: number) => ({ kind: 'counter', width });
async function put(key: string, parts: Json[], resets: string) {
  const { version } = await read(`number-series/${key}`);
  return ask('PUT', `number-series/${key}`, { parts, resets, version });
}

test('EXT-16 every record has a series from the start, which every role may see', async () => {
  const { items, next_cursor } = await read('number-series?limit=5');
  const rest = await read(`number-series?limit=50&cursor=${next_cursor}`);
  expect([...items, ...rest.items].map(({ key }: Json) => key)).toEqual(
    'activity contract customer invoice lead opportunity order payment product quote receivable_plan ticket'.split(' '),
  );
  expect((await read('number-series/customer')).next).toBe('KH000001');
  expect((await as('sales')('PUT', 'number-series/customer', {})).status).toBe(403);
  expect((await read('number-series/nothing')).code).toBe('NUMBER_SERIES_NOT_FOUND');
});

test('EXT-16 a pattern is tried, changed, and written down', async () => {
  const pattern = { parts: [text('HK-'), date('YY'), date('MM'), text('-'), counter(3)], resets: 'month' };
  const tried = await ask('POST', 'number-series/payment/preview', pattern);
  expect([tried.status, tried.body.numbers[2]]).toEqual([200, expect.stringMatching(/^HK-\d{4}-003$/)]);
  const { status, body } = await put('payment', pattern.parts, 'month');
  expect([status, body.version, body.next]).toEqual([200, 2, tried.body.numbers[0]]);
  const { numberSeries } = system.at.system.services;
  expect(await system.at.db.transact(() => numberSeries.next('payment'))).toBe(body.next);
  const [row] = await trail('number_series:payment');
  expect(row).toMatchObject({ action: 'number_series.changed', detail: { after: pattern } });
  expect((await ask('PUT', 'number-series/payment', { ...pattern, version: 1 })).body.code).toBe('STALE_VERSION');
});

test('EXT-16 a pattern that could repeat what was given out is refused with 409', async () => {
  const { numberSeries } = system.at.system.services;
  const given = await system.at.db.transact(() => numberSeries.next('quote'));
  const { status, body } = await put('quote', [text('BJ'), date('YYYY'), counter(6)], 'year');
  expect([status, body.code, body.details]).toEqual([409, 'NUMBER_SERIES_CLASH', { like: given }]);
});

test.each<[string, Json[], string]>([
  ['no counter', [text('A'), date('YYYY')], 'never'],
  ['two counters', [counter(3), text('A'), counter(3)], 'never'],
  ['a counter of each day without the day', [text('A'), date('YYYY'), date('MM'), counter(3)], 'day'],
  ['a counter of each month without the year', [text('A'), date('MM'), counter(3)], 'month'],
  ['a text with a space', [text('A B'), counter(3)], 'never'],
  ['a counter of no width', [text('A'), counter(0)], 'never'],
  ['more than 32 characters', [text('ABCDEFGHIJKL'), text('ABCDEFGHIJKL'), counter(3)], 'never'],
])('EXT-16 refused with 422: %s', async (_, parts, resets) => {
  expect((await put('invoice', parts, resets)).status).toBe(422);
});
