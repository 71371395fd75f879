import { join } from 'node:path';
import { detectorCodes } from '../../src/features/risk/findings/codes';

const web = join(__dirname, '../../web/src');

/** Modules of the console that import others of it, which only its own build can type. */
const load = (path: string): Promise<Record<string, unknown>> => import(join(web, path));

interface Words {
  detectorOf: Record<string, string>;
  sentenceOf: Record<string, string>;
}

async function wordsOf(language: string): Promise<Words> {
  const { findings } = await load(`i18n/${language}/findings.ts`);
  return findings as Words;
}

test.each(['zh-CN', 'en'])(
  'WCM-03 every detector has a name and a sentence in %s, and the list can ask for it',
  async (language) => {
    const { detectorOf, sentenceOf } = await wordsOf(language);
    const codes = [...detectorCodes].sort();
    expect(Object.keys(detectorOf).sort()).toEqual(codes);
    expect(Object.keys(sentenceOf).sort()).toEqual(codes);
  },
);

test('WCM-05 no pattern is called a deleted chat: only a device that reports it is', async () => {
  const all = async (language: string) => {
    const { detectorOf, sentenceOf } = await wordsOf(language);
    return [...Object.entries(detectorOf), ...Object.entries(sentenceOf)].filter(
      ([code]) => code !== 'LOCAL_CHAT_DELETED',
    );
  };
  const said = [...(await all('zh-CN')), ...(await all('en'))].map(([, words]) => words);
  expect(
    said.filter((words) => /删除了?(聊天|会话|消息|记录)|deleted (chat|conversation|message)/i.test(words)),
  ).toEqual([]);
});

test('a feature is an instant, a duration or what it says itself', async () => {
  const { measureText } = (await load('pages/findings/feature-text.ts')) as {
    measureText(name: string, value: unknown): string;
  };
  expect(measureText('seconds_after', 200)).toBe('3 min 20 s');
  expect(measureText('last_msg_at', Date.parse('2026-11-20T06:05:00Z'))).toMatch(/^2026-11-2\d \d\d:05:00/);
  expect(measureText('looked_at', null)).toBe('');
  expect(measureText('since', '2026-11-20T06:05:00Z')).toMatch(/^2026-11-2\d \d\d:05:00/);
  expect(measureText('bytes', 722_880)).toBe('706 KB');
  expect(measureText('times', 3)).toBe('3');
  expect(measureText('cause', 'no_seat')).toBe('no_seat');
});

test('WCM-04 of an identifier only the masked part is shown, of a matcher its place and kind', async () => {
  const { maskedOf, matcherOf } = (await load('pages/findings/feature-text.ts')) as {
    maskedOf(text: string): string;
    matcherOf(text: string): { place: number; kind: string };
  };
  expect(maskedOf('138****8000 1f3a22')).toBe('138****8000');
  expect(maskedOf('138****8000')).toBe('138****8000');
  expect(matcherOf('0 words')).toEqual({ place: 1, kind: 'words' });
});

test('WCM-04 a record leads to where it is read, for whoever may read it', async () => {
  const { wayTo } = (await load('pages/findings/one/way-to.ts')) as {
    wayTo(proof: object, may: object): string | undefined;
  };
  const told = { at: '2026-11-20T06:05:00.500Z', what: 'x', userid: 'li', external_userid: null, chat_id: null };
  const all = { message: true, spot_check: true, record: true };
  const way = (source: string, inside: string | null, may: object = all) =>
    wayTo({ source, ref: '7', told: { ...told, inside } }, may);
  expect(way('finding', null)).toBe('/findings/7');
  expect(way('message', 'c1')).toBe('/conversations/c1?m=7');
  expect(way('spot_check', '3')).toBe('/risk/spot-checks/3');
  const log = new URL(way('admin_log', null) ?? '', 'http://x');
  expect(Object.fromEntries(log.searchParams)).toEqual({
    ...{ tab: 'records', source: 'admin_log', userid: 'li' },
    ...{ from: '2026-11-20T06:05:00.000Z', to: '2026-11-20T06:05:01.000Z' },
  });
  expect(way('relation_history', null)).toBeUndefined();
  const nothing = { message: false, spot_check: false, record: false };
  for (const source of ['message', 'spot_check', 'admin_log']) expect(way(source, '3', nothing)).toBeUndefined();
  expect(wayTo({ source: 'message', ref: '7', told: null }, all)).toBeUndefined();
});
