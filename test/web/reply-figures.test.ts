import { blindSpots } from '../../web/src/pages/risk/replies/blind-spots';

test('WCM-02 why relations are not seen stands most first, and what holds for none is not told', () => {
  const seen = blindSpots({ without_seat: 2, disagreed: 0, unknown: 40 });
  expect(seen).toEqual([
    { reason: 'unknown', count: 40 },
    { reason: 'without_seat', count: 2 },
  ]);
  expect(blindSpots({ without_seat: 0, disagreed: 0, unknown: 0 })).toEqual([]);
});
