import { plain, type Seed, type SeedItem, withDefault } from './seed';

type Color = NonNullable<SeedItem['extra']>['color'];
const colored = (code: string, zh: string, en: string, color: Color): SeedItem => ({
  ...{ code, label: [zh, en] as const, extra: { color } },
});

type Points = readonly [from: number, to: number | null];
const grade = (item: SeedItem, [from, to]: Points): SeedItem => ({ ...item, extra: { ...item.extra, from, to } });

/** About customers (F-CUS). */
export const partySeeds: Seed[] = [
  {
    code: 'customer_nature',
    label: ['公司性质', 'Kind of company'],
    items: plain(
      ['state_owned', '国有', 'State-owned'],
      ['private', '民营', 'Private'],
      ['foreign', '外资', 'Foreign-owned'],
      ['joint_venture', '合资', 'Joint venture'],
      ['self_employed', '个体', 'Self-employed'],
      ['public_institution', '事业单位', 'Public institution'],
      ['government', '政府', 'Government'],
      ['social_organisation', '社会组织', 'Social organisation'],
      ['other', '其他', 'Other'],
    ),
  },
  {
    code: 'activity_grade',
    label: ['活动度', 'Activity grade'],
    items: [
      grade(colored('active', '活跃', 'Active', 'teal'), [20, null]),
      grade(colored('normal', '一般', 'Normal', 'blue'), [8, 19]),
      grade(colored('low', '低频', 'Low', 'olive'), [1, 7]),
      grade(colored('dormant', '沉睡', 'Dormant', 'gray'), [0, 0]),
    ],
  },
  {
    code: 'value_tier',
    label: ['价值等级', 'Value tier'],
    items: [
      colored('vip', 'VIP', 'VIP', 'brown'),
      colored('a', 'A', 'A', 'teal'),
      colored('b', 'B', 'B', 'blue'),
      colored('c', 'C', 'C', 'gray'),
    ],
  },
  {
    code: 'customer_source',
    label: ['客户来源', 'Source of customers'],
    items: withDefault(
      'other',
      plain(
        ['lead', '线索转化', 'Converted lead'],
        ['wecom', '企业微信添加', 'Added in WeCom'],
        ['referral', '客户介绍', 'Referral'],
        ['partner', '合作伙伴', 'Partner'],
        ['exhibition', '展会', 'Exhibition'],
        ['import', '历史数据导入', 'Imported records'],
        ['other', '其他', 'Other'],
      ),
    ),
  },
  {
    code: 'asset_kind',
    label: ['客户资源类别', 'Kind of installed asset'],
    items: plain(
      ['hardware', '硬件', 'Hardware'],
      ['software', '软件', 'Software'],
      ['facility', '设施', 'Facility'],
      ['other', '其他', 'Other'],
    ),
  },
  {
    code: 'feedback_kind',
    label: ['客户意见类别', 'Kind of feedback'],
    items: plain(['praise', '表扬', 'Praise'], ['defect', '缺陷', 'Defect'], ['wish', '建议', 'Wish']),
  },
];
