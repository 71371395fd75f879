import { type Said, useArchive } from '../../../support/archive-system';
import type { Json } from '../../../support/system';
import { ruleDesk } from './rule-desk';

type Speaker = 'staff' | 'external';
type Example = [category: string, direction: Speaker | 'both', words: string];

/** The examples of violations §4.3. Insults it leaves to the company: one stands for its list. */
const examples: readonly Example[] = [
  ['off_book', 'staff', '私下 走私单 飞单 不走公司 不走平台 绕过公司 直接找我 单独给你做 我这边另外有渠道'],
  ['private_payment', 'staff', '转我个人 打我卡 私人账户 收款码 支付宝转 微信转我 现金给我 定金先给我'],
  ['rebate', 'both', '回扣 返点 好处费 辛苦费 提成给你 茶水费 购物卡'],
  ['private_contact', 'staff', '加我微信 私人微信 换个号聊 这个号不用了 下班联系这个 加V'],
  ['competitor', 'staff', '那边更便宜 我跳槽 新公司 跟我走'],
  ['overpromise', 'staff', '保本 保收益 稳赚 包过 百分百 无条件退款 内部名额'],
  ['insult', 'staff', '你有病吧'],
  ['complaint', 'external', '投诉 12315 曝光 律师 报警 退款 骗子'],
  ['leak', 'staff', '底价 成本价 客户名单 内部资料 通讯录'],
  ['evasion', 'both', '删掉记录 别在这说 电话说 撤回了 语音说 截图别外传 别留痕'],
  ['leaving', 'staff', '离职 交接 最后一天 以后加这个'],
  ['red_line', 'staff', '代客操作 代客理财 推荐股票 承诺收益 内幕'],
];
const each = examples.flatMap(([category, direction, words]) =>
  words.split(' ').map((word) => ({ category, direction, word })),
);

const archive = useArchive({ staff: 1, externalContacts: 0, groupChats: 0, leavers: 0 });
const desk = ruleDesk(archive);
let spoken: Record<Speaker, Said[]>;
/** By the message found in, the categories of rules that found it. */
let found: ReadonlyMap<string, string[]>;

beforeAll(async () => {
  let others = 0;
  const say = (speaker: Speaker) =>
    each.map(({ word }) => {
      const customer = `wmDEMOdddd${String(++others).padStart(22, '0')}`;
      return archive.say(word, speaker === 'staff' ? { tolist: [customer] } : { from: customer, tolist: ['lin'] });
    });
  spoken = { staff: say('staff'), external: say('external') };
  await archive.said(...spoken.staff, ...spoken.external);
  const by = new Map<string, string[]>();
  for (const { evidence, features } of await archive.at.api.all('findings')) {
    for (const { ref } of evidence as Json[]) by.set(ref, [...(by.get(ref) ?? []), features.category]);
  }
  found = by;
});

test.each(each)(
  'WCM-04 VIO-4.3 DET RECALL $word ($category, said by $direction) is found, and only there',
  async (example) => {
    const at = each.indexOf(example);
    const { category, direction } = example;
    const [staff, external] = await desk.idsOf(spoken.staff[at] as Said, spoken.external[at] as Said);
    const categories = { staff: found.get(staff as string), external: found.get(external as string) };
    expect(categories).toEqual({
      staff: direction === 'external' ? undefined : [category],
      external: direction === 'staff' ? undefined : [category],
    });
  },
);
