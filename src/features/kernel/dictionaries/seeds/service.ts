import { plain, type Seed, withDefault } from './seed';

/** About tickets (F-CPL) and what is voided in business. */
export const serviceSeeds: Seed[] = [
  {
    code: 'ticket_kind',
    label: ['工单类型', 'Kind of ticket'],
    items: plain(
      ['complaint', '投诉', 'Complaint'],
      ['request', '服务请求', 'Request'],
      ['question', '咨询', 'Question'],
    ),
  },
  {
    code: 'ticket_channel',
    label: ['工单渠道', 'Channel of a ticket'],
    items: plain(
      ['wecom', '企业微信', 'WeCom'],
      ['phone', '电话', 'Phone'],
      ['email', '邮件', 'E-mail'],
      ['web', '网页', 'Web'],
      ['visit', '现场', 'On site'],
      ['other', '其他', 'Other'],
    ),
  },
  {
    code: 'ticket_resolution',
    label: ['解决方式', 'How a ticket was resolved'],
    items: plain(
      ['solved', '已解决', 'Solved'],
      ['workaround', '临时措施', 'Workaround'],
      ['replaced', '更换', 'Replaced'],
      ['repaired', '维修', 'Repaired'],
      ['refunded', '退款', 'Refunded'],
      ['compensated', '补偿', 'Compensated'],
      ['explained', '解释说明', 'Explained'],
      ['not_reproducible', '无法重现', 'Cannot be reproduced'],
      ['by_design', '符合设计', 'Works as designed'],
      ['withdrawn', '客户撤回', 'Withdrawn by the customer'],
    ),
  },
  {
    code: 'ticket_reject_reason',
    label: ['工单驳回原因', 'Why a ticket was rejected'],
    items: plain(
      ['out_of_scope', '不在服务范围', 'Out of scope'],
      ['not_customer', '非我方客户', 'Not our customer'],
      ['incomplete', '信息不全', 'Incomplete'],
      ['other', '其他', 'Other'],
    ),
  },
  {
    code: 'callback_skip_reason',
    label: ['免回访原因', 'Why nobody called back'],
    items: plain(
      ['unreachable', '联系不上', 'Cannot be reached'],
      ['declined', '客户不愿接受', 'The customer declined'],
      ['trivial', '简单咨询', 'A simple question'],
      ['other', '其他', 'Other'],
    ),
  },
  {
    code: 'payment_method',
    label: ['付款方式', 'Way of payment'],
    items: withDefault(
      'bank_transfer',
      plain(
        ['bank_transfer', '银行转账', 'Bank transfer'],
        ['wechat_pay', '微信支付', 'WeChat Pay'],
        ['alipay', '支付宝', 'Alipay'],
        ['cash', '现金', 'Cash'],
        ['cheque', '支票', 'Cheque'],
        ['acceptance', '承兑汇票', 'Acceptance bill'],
        ['other', '其他', 'Other'],
      ),
    ),
  },
];
