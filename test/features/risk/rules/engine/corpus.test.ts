import { random } from '../../../../../scripts/bench/random';
import { compileRules, type Matcher, type Part } from '../../../../../src/features/risk/rules/engine';
import { everything, parseMessage } from '../../../../../src/wecom/archive/messages';
import { salesTalk } from '../../../../support/sales-talk';
import { aRule } from './judging';

const next = random(23);
const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;

/** Something to be found, as WeCom would tell it, and whether it is hidden. */
interface Plant {
  rule: string;
  type: string;
  payload: Record<string, unknown>;
  hidden: boolean;
  code?: string;
}

const written = (rule: string, text: string, hidden: boolean): Plant => ({
  ...{ rule, type: 'text', hidden },
  payload: { content: next() < 0.5 ? text : `${pick(salesTalk)}\n${text}\n${pick(salesTalk)}` },
});

const words = ['私下转账', '好处费', '飞单', '帮你洗钱', '别留痕', '内部名额'];
const traditional: Record<string, string> = {
  ...{
    私下转账: '私下轉賬',
    好处费: '好處費',
    飞单: '飛單',
    帮你洗钱: '幫你洗錢',
    别留痕: '別留痕',
    内部名额: '內部名額',
  },
};
const aloud: Record<string, string> = {
  ...{ 私下转账: 'si xia zhuan zhang', 好处费: 'haochufei', 飞单: '飞 单', 帮你洗钱: 'bangnixiqian' },
  ...{ 别留痕: 'bieliuhen', 内部名额: '内补名额' },
};
const disguises: readonly ((word: string) => string)[] = [
  (word) => word,
  (word) => [...word].join(' '),
  (word) => [...word].join('\u200b'),
  (word) => [...word].join('😂'),
  (word) => [...word].join('*'),
  (word) => traditional[word] as string,
  (word) => aloud[word] as string,
];

const numbersFor: Record<string, readonly [text: string, hidden: boolean][]> = {
  mobile: [
    ['13800138000', false],
    ['１３８００１３８０００', false],
    ['138-0013-8000', false],
    ['幺三八〇〇幺三八〇〇〇', true],
    ['1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣', true],
    ['138😀0013😀8000', true],
  ],
  bank_card: [
    ['6222020000000000018', false],
    ['6222 0200 0000 0000 018', false],
  ],
  id_card: [
    ['110101199003074514', false],
    ['11010519491231002X', false],
  ],
  wechat_id: [
    ['加我微信：zhang_san88', false],
    ['薇信号 li-si-2020', false],
    ['加V abc12345', false],
  ],
  email: [['li.si@mail.example', false]],
};

const plants: readonly (() => Plant)[] = [
  ...disguises.map((disguise) => (): Plant => {
    const word = pick(words);
    const text = disguise(word);
    return written('words', text, text !== word);
  }),
  () => written('pattern', `先转${pick(['我', '给我'])}${100 + Math.floor(next() * 900)}元`, false),
  ...Object.entries(numbersFor).map(
    ([rule, texts]) =>
      () =>
        written(rule, ...pick(texts)),
  ),
  () => written('link', `点 ${pick(['https://evil.example/a', 'www.evil.com', 'evil.top/x?a=1'])} 看看`, false),
  () => ({ rule: 'link', type: 'link', hidden: false, payload: { title: '活动', link_url: 'https://evil.example/' } }),
  () => ({
    rule: 'qr',
    type: 'image',
    hidden: false,
    payload: {},
    code: pick(['wxp://f2f0a', 'HTTPS://QR.ALIPAY.COM/F']),
  }),
  () => ({ rule: 'card', type: 'card', hidden: false, payload: { corpname: '微信联系人', userid: 'zhang' } }),
  () => ({
    rule: 'mini_program',
    type: 'weapp',
    hidden: false,
    payload: { displayname: '别家', username: 'gh_x@app' },
  }),
  () => ({ rule: 'red_packet', type: 'redpacket', hidden: false, payload: { wish: '好', totalamount: 20_000 } }),
  () => ({ rule: 'file', type: 'file', hidden: false, payload: { filename: '华东客户名单.xlsx' } }),
  () => ({ rule: 'file', type: 'image', hidden: false, payload: { md5sum: 'abc1', sdkfileid: 'f' } }),
];

/** The like of each that is nobody's business. */
const harmless: readonly (() => Omit<Plant, 'rule' | 'hidden'>)[] = [
  ...Array.from({ length: 8 }, () => () => ({ type: 'text', payload: { content: pick(salesTalk) } })),
  () => ({ type: 'text', payload: { content: `${pick(salesTalk)} https://mall.example/x` } }),
  () => ({ type: 'link', payload: { title: '活动', link_url: 'https://mall.example/' } }),
  () => ({ type: 'image', payload: {}, code: 'https://work.weixin.qq.com/ca/ours' }),
  () => ({ type: 'card', payload: { corpname: '我们公司', userid: 'staff-li' } }),
  () => ({ type: 'weapp', payload: { displayname: '我们的商城', username: 'gh_ours@app' } }),
  () => ({ type: 'redpacket', payload: { wish: '恭喜发财', totalamount: 19_999 } }),
  () => ({ type: 'file', payload: { filename: '报价单.xlsx' } }),
  () => ({ type: 'image', payload: { md5sum: 'abc2', sdkfileid: 'f' } }),
];

interface Said {
  type: string;
  payload: Record<string, unknown>;
  /** Where in it the plant is. */
  path: string;
}

const asItem = ({ type, payload }: Said) => ({
  ...{ type: `ChatRecord${type}`, msgtime: 1_735_787_000 },
  content: JSON.stringify(payload),
});

/** In a forwarded conversation, between others; a conversation inside a conversation names no kind. */
function nested(said: Said, depth: number): Said {
  if (depth === 0) return said;
  const others = Array.from({ length: Math.floor(next() * 3) }, () => ({ ...pick(harmless)(), path: '' }));
  const at = Math.floor(next() * (others.length + 1));
  const items = [...others.slice(0, at), said, ...others.slice(at)].map(asItem);
  const path = `item[${at}]${said.path === '' ? '' : `.${said.path}`}`;
  return nested({ type: 'chatrecord', payload: { title: '聊天记录', item: items }, path }, depth - 1);
}

function partsOf({ type, payload, path }: Said, code: string | undefined): Part[] {
  const raw = {
    msgid: 'm',
    action: 'send',
    from: 'staff-li',
    tolist: ['wm'],
    msgtime: 1,
    msgtype: type,
    [type]: payload,
  };
  const message = parseMessage(JSON.stringify(raw));
  if (!message) throw new Error('no message');
  return everything(message).map((part) => ({
    ...{ path: part.path, type: part.type, text: part.texts.join('\n'), body: part.body },
    codes: part.path === path && code !== undefined ? [code] : [],
    md5: part.media?.md5 ?? null,
  }));
}

const identifier = (kind: 'mobile' | 'bank_card' | 'id_card' | 'wechat_id' | 'email'): Matcher => ({
  ...{ kind: 'identifier', classes: [kind], allowed: [] },
});
const matchers: Record<string, Matcher> = {
  words: { kind: 'words', words, fuzzy: true },
  pattern: { kind: 'pattern', pattern: '转(我|给我)\\d+元' },
  mobile: identifier('mobile'),
  bank_card: identifier('bank_card'),
  id_card: identifier('id_card'),
  wechat_id: identifier('wechat_id'),
  email: identifier('email'),
  link: { kind: 'link', allowed: ['mall.example'] },
  qr: { kind: 'qr', classes: ['wechat_pay', 'alipay'], allowed: [] },
  card: { kind: 'card', allowed: [] },
  mini_program: { kind: 'mini_program', allowed: ['我们的商城'] },
  red_packet: { kind: 'red_packet', least: 20_000 },
  file: { kind: 'file', names: ['客户名单'], md5s: ['abc1'] },
};
const names = Object.keys(matchers);
const judge = compileRules(
  names.map((name) => aRule([matchers[name] as Matcher], { id: name })),
  { isStaff: (id) => id.startsWith('staff-') },
);
const toldOf = (said: Said, code: string | undefined): string[] =>
  judge({ sender: 'staff', parts: partsOf(said, code) }).map(
    ({ rule, path, fuzzy }) => `${names[rule]} at ${path || 'the top'}${fuzzy ? ', hidden' : ''}`,
  );

describe('a corpus with a ledger of what is in it', () => {
  it('DET RECALL all that was planted is found, in every disguise and however deep, and nothing else is', () => {
    for (let i = 0; i < 1200; i++) {
      const { rule, type, payload, hidden, code } = (plants[i % plants.length] as () => Plant)();
      const said = nested({ type, payload, path: '' }, Math.floor(i / plants.length) % 5);
      const ledger = `${rule} at ${said.path || 'the top'}${hidden ? ', hidden' : ''}`;
      expect([JSON.stringify(payload), ...toldOf(said, code)]).toEqual([JSON.stringify(payload), ledger]);
    }
  });

  it('DET PRECISION among as many without anything nothing is found', () => {
    for (let i = 0; i < 1200; i++) {
      const { type, payload, code } = (harmless[i % harmless.length] as (typeof harmless)[number])();
      const said = nested({ type, payload, path: '' }, Math.floor(i / harmless.length) % 5);
      expect([JSON.stringify(payload), ...toldOf(said, code)]).toEqual([JSON.stringify(payload)]);
    }
  });
});
