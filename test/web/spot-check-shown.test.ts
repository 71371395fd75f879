import { shownOf } from '../../web/src/pages/risk/spot-checks/one/shown';

const message = (id: number) => ({ id: String(id) });
const ids = (messages: { id: string }[]) => messages.map(({ id }) => Number(id));

test.each([
  { messages: 90, recent: [90, 89, 88], between: 86, after: [88, 89, 90] },
  { messages: 4, recent: [4, 3, 2], between: 0, after: [2, 3, 4] },
  { messages: 3, recent: [3, 2, 1], between: 0, after: [2, 3] },
  { messages: 1, recent: [1], between: 0, after: [] },
])('DET ATTESTATION_GAP of $messages messages each is shown once, oldest first', ({ messages, recent, ...shown }) => {
  const { before, between, after } = shownOf({ messages, first: message(1), recent: recent.map(message) });
  expect({ between, after: ids(after) }).toEqual(shown);
  expect(ids(before)).toEqual([1]);
});
