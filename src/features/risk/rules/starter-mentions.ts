import { by, each, type StarterDraft } from './starter-draft';

/**
 * Words that tell something and are everyday language too: who says one leaves a lead, which alerts nobody and counts
 * for nothing. Left out are the words they are part of, what is said of them all day, and what another rule finds more
 * surely. They stand here and not in lists, as a list has no exclusions and fills the reviewers' queue.
 */
export const mentions: Readonly<Record<string, StarterDraft>> = {
  'private-payment-mentioned': {
    ...{ name: '提及收款码', family: 'PRIVATE_PAYMENT', category: 'private_payment', severity: 'lead' },
    definition: {
      matchers: [{ kind: 'words', words: ['收款码', '支付宝转'] }],
      exclusions: [
        ...each('个人收款码 公司收款码 公司的收款码 门店收款码 门店的收款码 店里的收款码 对公收款码 官方收款码'),
        ...each('商户收款码 聚合收款码 支付宝转我 支付宝转给我 支付宝转账 支付宝转出 支付宝转入'),
      ],
    },
  },
  'off-book-mentioned': {
    ...{ name: '提及私下联系', family: 'FEIDAN', category: 'off_book', severity: 'lead' },
    definition: {
      matchers: [{ kind: 'words', words: ['私下', '直接找我', '单独给你做'] }],
      exclusions: [
        ...each('私下转账 私下交易 隐私下 私下也可以多看看 私下可以再了解 请勿私下 不要私下 切勿私下 严禁私下'),
        ...each('问题直接找我 问题,直接找我 问题可以直接找我 问题都可以直接找我 问题您直接找我 问题随时直接找我'),
        ...each(
          '有事直接找我 有事可以直接找我 需要直接找我 疑问直接找我 售后直接找我 直接找我们 单独给你做一 单独给你做个',
        ),
      ],
    },
  },
  'rebate-mentioned': {
    ...{ name: '提及返点与购物卡', family: 'CONTENT_RULE', category: 'rebate', severity: 'lead' },
    definition: {
      matchers: [{ kind: 'words', words: ['返点', '购物卡'] }],
      exclusions: each(
        '返点给你 往返点 返点政策 返点比例 返点标准 返点已 年度返点 季度返点 年终返点 购物卡余额 购物卡充值 购物卡已 购物卡支付',
      ),
      ...by('anyone'),
    },
  },
  'competitor-mentioned': {
    ...{ name: '提及新公司', family: 'FEIDAN', category: 'competitor', severity: 'lead' },
    definition: {
      matchers: [{ kind: 'words', words: ['新公司'] }],
      exclusions: [
        ...each(
          '我的新公司 创新公司 高新公司 更新公司 刷新公司 新公司法 搬到新公司 搬去新公司 搬新公司 您的新公司 您新公司',
        ),
        ...each(
          '你们新公司 贵司新公司 客户的新公司 新公司开业 新公司成立 新公司注册 新公司名称 注册新公司 成立新公司 开新公司',
        ),
      ],
    },
  },
  'overpromise-mentioned': {
    ...{ name: '提及保本、包过', family: 'CONTENT_RULE', category: 'overpromise', severity: 'lead' },
    definition: {
      matchers: [{ kind: 'words', words: ['保本', '包过', '百分百'] }],
      exclusions: [
        ...each('保本保息 承诺保本 不保本 确保本 担保本 投保本 参保本 承保本 质保本 环保本 社保本 医保本 续保本'),
        ...each('面包过 书包过 钱包过 背包过 红包过 礼包过 皮包过 包过期 包过来 包过去 包过敏 包过塑'),
        ...each(
          '百分百赚 百分百成功 百分百正品 百分百原装 百分百天然 百分百纯 百分百棉 百分百真 百分百羊毛 百分百好评',
        ),
        ...each('纯棉百分百 羊毛百分百 百分百支持 百分百理解 百分百同意'),
      ],
    },
  },
  'complaint-mentioned': {
    ...{ name: '客户提及投诉与退款', family: 'CONTENT_RULE', category: 'complaint', severity: 'lead' },
    definition: {
      matchers: [
        { kind: 'words', words: ['投诉', '曝光', '律师', '报警', '退款'] },
        { kind: 'pattern', pattern: '\\b12315\\b' },
      ],
      exclusions: [
        ...each('我要投诉 投诉你们 去投诉 打12315 12315投诉 曝光你们 请律师 律师函 我要报警 已经报警'),
        ...each('曝光度 曝光量 曝光率 曝光时间 曝光补偿 曝光位 增加曝光 品牌曝光 广告曝光 产品曝光 过度曝光'),
        ...each('律师事务所 律师楼 律师行 我是律师 我们律师 公司律师 律师看过 律师审'),
        ...each(
          '报警器 报警灯 报警声 报警音 报警功能 报警主机 报警系统 报警阈值 误报警 烟雾报警 温度报警 电量报警 故障报警',
        ),
        ...each('退款已 退款到 已退款 退款成功 退款完成 退款收到 退款政策 收到退款 已经退款 无条件退款'),
      ],
      ...by('external'),
    },
  },
  'leak-mentioned': {
    ...{ name: '提及底价与通讯录', family: 'CONTENT_RULE', category: 'leak', severity: 'lead' },
    definition: {
      matchers: [{ kind: 'words', words: ['底价', '成本价', '通讯录'] }],
      exclusions: [
        ...each(
          '公司底价 内部底价 我们的底价是 到底价 底价格 是底价 最底价 底价了 公司成本价 低于成本价 接近成本价 成本价都',
        ),
        ...each(
          '成本价清仓 成本价处理 公司通讯录 员工通讯录 手机通讯录 您的通讯录 存到通讯录 存通讯录 存进通讯录 通讯录权限',
        ),
        ...each('通讯录备份 通讯录功能 通讯录同步 通讯录管理'),
      ],
    },
  },
  'evasion-mentioned': {
    ...{ name: '提及换一种方式说', family: 'CONTENT_RULE', category: 'evasion', severity: 'lead' },
    definition: {
      matchers: [{ kind: 'words', words: ['电话说', '语音说', '撤回了'] }],
      exclusions: [
        ...each(
          '刚才电话说 刚电话说 昨天电话说 上次电话说 之前电话说 电话说的 电话说过 电话说好 电话说明 电话说一声 打电话说',
        ),
        ...each('语音说明 语音说话 语音说的 语音说得 语音说一遍 错撤回了 错了撤回了 错群撤回了 重复撤回了 撤回了一条'),
      ],
      ...by('anyone'),
    },
  },
  'leaving-mentioned': {
    ...{ name: '提及离职与交接', family: 'CONTENT_RULE', category: 'leaving', severity: 'lead' },
    definition: {
      matchers: [{ kind: 'words', words: ['离职', '交接', '最后一天'] }],
      exclusions: [
        ...each('我要离职 我准备离职 我离职了 分离职 离职责 离职证明 离职率 离职手续 员工离职 同事离职 同事已经离职'),
        ...each(
          '提交接 转交接 成交接 外交接 交接口 交接收 交接待 交接班 物流交接 货物交接 钥匙交接 项目交接 交接单 交接清单',
        ),
        ...each(
          '活动最后一天 活动的最后一天 优惠最后一天 优惠的最后一天 促销最后一天 特价最后一天 报名最后一天 截止最后一天',
        ),
        ...each(
          '最后一天活动 最后一天优惠 最后一天特价 最后一天报名 假期最后一天 每月最后一天 本月最后一天 月底最后一天',
        ),
      ],
    },
  },
};
