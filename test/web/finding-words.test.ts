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
  expect(measureText('times', 3)).toBe('3');
  expect(measureText('cause', 'no_seat')).toBe('no_seat');
});
