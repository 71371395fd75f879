import type { RuleMatcher } from './definition.schema';
import { newRule, type RuleSettings } from './rules.schema';
import { by, each, type StarterDraft } from './starter-draft';
import { mentions } from './starter-mentions';

interface StarterRule {
  id: string;
  state: 'on' | 'off';
  settings: RuleSettings;
}

const starter = (name: string): string => `starter-${name}`;
const list = (name: string) => ({ kind: 'words' as const, lists: [starter(name)] });
const paymentCodes = { kind: 'qr' as const, classes: ['wechat_pay' as const, 'alipay' as const] };

/** Whoever warns of it does not offer it. */
const warnings = each('请勿 不要 切勿 严禁 谨防 禁止');
const ordinaryPayment = [
  ...warnings.map((warning) => `${warning}私下转账`),
  ...each(
    '任何私人账户 任何个人账户 不要转到个人账户 请勿转到个人账户 登录个人账户 您的个人账户 你的个人账户 会员个人账户',
  ),
  ...each('个人账户余额 个人账户中心 转账给我们 现金给我们'),
];

/** What every company begins with; it is there to be changed. What would be heard in ordinary sales talk is off, or a lead. */
const drafts: Readonly<Record<string, StarterDraft>> = {
  'private-payment': {
    ...{ name: '私下收款', family: 'PRIVATE_PAYMENT', category: 'private_payment', severity: 'high' },
    definition: {
      matchers: [list('private-payment'), paymentCodes],
      exclusions: ordinaryPayment,
    },
  },
  'payment-code-and-words': {
    ...{ name: '收款码加催付', family: 'PRIVATE_PAYMENT', category: 'private_payment', severity: 'critical' },
    definition: {
      matchers: [
        paymentCodes,
        { ...list('private-payment'), words: ['转我', '转给我', '扫我', '扫这个付', '打给我', '付给我'] },
      ],
      ...{ require: 'all', window_minutes: 30, exclusions: ordinaryPayment },
    },
  },
  'bank-card': {
    ...{ name: '发送银行卡号', family: 'PRIVATE_PAYMENT', category: 'private_payment', severity: 'medium' },
    definition: { matchers: [{ kind: 'identifier', classes: ['bank_card'] }] },
  },
  'off-book': {
    ...{ name: '飞单与账外', family: 'FEIDAN', category: 'off_book', severity: 'high' },
    definition: {
      matchers: [list('off-book')],
      exclusions: warnings.flatMap((warning) => [`${warning}私下交易`, `${warning}飞单`]),
    },
  },
  'private-contact': {
    ...{ name: '引流到私人微信', family: 'FEIDAN', category: 'private_contact', severity: 'medium' },
    definition: {
      matchers: [
        list('private-contact'),
        { kind: 'identifier', classes: ['wechat_id'] },
        { kind: 'qr', classes: ['wechat_person'] },
        // 增加V, 参加V and 加VIP say nothing of an account.
        { kind: 'pattern', pattern: '(?:^|[^增参添外附])加 ?v(?:$|[^a-z领])' },
      ],
      exclusions: each('加我微信了 不用私人微信 不加私人微信 不会用私人微信 添加私人微信'),
    },
  },
  'foreign-card': {
    ...{ name: '发送外部名片', family: 'FEIDAN', category: 'private_contact', severity: 'low' },
    definition: { matchers: [{ kind: 'card' }] },
  },
  'phone-number': {
    ...{ name: '发送手机号', family: 'FEIDAN', category: 'private_contact', severity: 'low', state: 'off' },
    definition: { matchers: [{ kind: 'identifier', classes: ['mobile'] }] },
  },
  rebate: {
    ...{ name: '回扣与好处费', family: 'CONTENT_RULE', category: 'rebate', severity: 'high' },
    definition: { matchers: [list('rebate')], ...by('anyone') },
  },
  'red-packet': {
    ...{ name: '收取客户红包', family: 'CONTENT_RULE', category: 'rebate', severity: 'high' },
    definition: { matchers: [{ kind: 'red_packet', least: 1, direction: 'received' }], ...by('external') },
  },
  leak: {
    ...{ name: '信息泄露', family: 'CONTENT_RULE', category: 'leak', severity: 'high' },
    definition: {
      matchers: [list('leak'), { kind: 'file', names: ['客户名单', '通讯录', '底价', '成本'] }],
      // That is said to leave no trace.
      exclusions: ['截图别外传'],
    },
  },
  evasion: {
    ...{ name: '逃避留痕', family: 'CONTENT_RULE', category: 'evasion', severity: 'medium' },
    definition: { matchers: [list('evasion')], ...by('anyone') },
  },
  leaving: {
    ...{ name: '离职与带走客户', family: 'CONTENT_RULE', category: 'leaving', severity: 'medium' },
    definition: { matchers: [list('leaving')] },
  },
  competitor: {
    ...{ name: '竞品与撬单', family: 'FEIDAN', category: 'competitor', severity: 'medium' },
    definition: { matchers: [list('competitor')], exclusions: ['请跟我走'] },
  },
  insult: {
    ...{ name: '辱骂与威胁', family: 'CONTENT_RULE', category: 'insult', severity: 'medium' },
    definition: { matchers: [list('insult')] },
  },
  complaint: {
    ...{ name: '客户投诉', family: 'CONTENT_RULE', category: 'complaint', severity: 'low' },
    definition: { matchers: [list('complaint')], ...by('external') },
  },
  overpromise: {
    ...{ name: '过度承诺', family: 'CONTENT_RULE', category: 'overpromise', severity: 'low' },
    definition: {
      matchers: [list('overpromise')],
      exclusions: each(
        '不承诺保本 不保收益 不保证收益 不能保证收益 无法保证收益 不保证通过 不能保证通过 无法保证通过 零风险试用',
      ),
    },
  },
  'red-line': {
    ...{ name: '金融红线', family: 'CONTENT_RULE', category: 'red_line', severity: 'medium' },
    definition: {
      matchers: [{ ...list('red-line'), words: ['内幕'] }],
      exclusions: each('不承诺收益 不得承诺收益 不代客操作 不代客理财 不推荐股票 内幕墙 内幕布'),
    },
  },
  ...mentions,
};

/** @param lists the word lists that are there: of others nothing is looked for */
export const starterRules = (lists: ReadonlySet<string>): StarterRule[] =>
  Object.entries(drafts).flatMap(([name, { state = 'on', ...settings }]) => {
    const parsed = newRule.parse(settings);
    const named = parsed.definition.matchers.flatMap((matcher: RuleMatcher) =>
      matcher.kind === 'words' ? matcher.lists : [],
    );
    return named.every((id) => lists.has(id)) ? [{ id: starter(name), state, settings: parsed }] : [];
  });
