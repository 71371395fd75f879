import type { Page } from '../../src/core/paging';
import { pages } from '../../src/wecom/cursor';
import { WecomCursorExpired, WecomCursorLoop, WecomError } from '../../src/wecom/errors';

type Script = Record<string, Page<string> | Error>;

const fetcher = (script: Script) => async (cursor: string | undefined) => {
  const page = script[cursor ?? 'first'];
  if (!page || page instanceof Error) throw page ?? new Error(`unexpected cursor ${cursor}`);
  return page;
};

async function read(script: Script, options?: { from: string }): Promise<string[]> {
  const items: string[] = [];
  for await (const page of pages(fetcher(script), options)) items.push(...page.items);
  return items;
}

const refusal = (errcode: number) => new WecomError({ errcode, errmsg: '', api: 'x' });

test('short and empty pages are not the end; an empty or missing cursor is', async () => {
  const script = {
    first: { items: ['a'], next_cursor: '2' },
    2: { items: [], next_cursor: '3' },
    3: { items: ['b', 'c'], next_cursor: null },
  };
  expect(await read(script)).toEqual(['a', 'b', 'c']);
  expect(await read({ first: { items: ['a'], next_cursor: '' } })).toEqual(['a']);
});

test('reading goes on from a checkpoint', async () => {
  expect(await read({ 3: { items: ['c'], next_cursor: null } }, { from: '3' })).toEqual(['c']);
});

test.each([
  ['its own cursor', { first: { items: [], next_cursor: '1' }, 1: { items: [], next_cursor: '1' } }],
  [
    'an earlier one',
    { first: { items: [], next_cursor: '1' }, 1: { items: [], next_cursor: '2' }, 2: { items: [], next_cursor: '1' } },
  ],
])('a page that gives %s is an error, not an endless walk', async (_, script) => {
  await expect(read(script)).rejects.toBeInstanceOf(WecomCursorLoop);
});

test('a fault is passed on, never an end', async () => {
  const script = { first: { items: ['a'], next_cursor: '1' }, 1: refusal(60020) };
  await expect(read(script)).rejects.toMatchObject({ errcode: 60020 });
});

test('50100 tells the caller to begin again', async () => {
  const script = { first: { items: ['a'], next_cursor: '1' }, 1: refusal(50100) };
  await expect(read(script)).rejects.toBeInstanceOf(WecomCursorExpired);
});
