import type { NewWordList } from './words.schema';

/** What every company begins with; it is there to be changed. */
export const starterLists: readonly (Omit<NewWordList, 'enabled'> & { id: string })[] = [
  {
    id: 'starter-private-payment',
    name: '私下收款',
    category: 'private_payment',
    words: [
      '私下转账',
      '转我个人',
      '打我卡上',
      '个人账户',
      '个人收款码',
      '微信转我',
      '支付宝转我',
      '走私账',
      '不走公司账',
    ],
  },
  {
    id: 'starter-private-contact',
    name: '引流到私人微信',
    category: 'private_contact',
    words: ['加我私人微信', '加我个人微信', '私人号', '个人微信号', '换个微信聊', '加我另一个微信', '这个号不用了'],
  },
  {
    id: 'starter-off-book',
    name: '飞单与账外',
    category: 'off_book',
    words: ['飞单', '不开发票', '不走合同', '不要告诉公司', '别跟公司说', '账外', '阴阳合同', '另外签一份', '私单'],
  },
  {
    id: 'starter-rebate',
    name: '回扣与好处费',
    category: 'rebate',
    words: ['回扣', '返点给你', '好处费', '辛苦费', '提成给你', '给你返现', '茶水费', '介绍费给你'],
  },
  {
    id: 'starter-insult',
    name: '辱骂与威胁',
    category: 'insult',
    words: ['傻逼', '脑残', '滚蛋', '王八蛋', '你有病吧', '废物', '去死', '弄死你', '不要脸'],
  },
  {
    id: 'starter-leaving',
    name: '离职与带走客户',
    category: 'leaving',
    words: [
      '我要离职',
      '我准备离职',
      '下周就走了',
      '跳槽',
      '换公司了',
      '我的新公司',
      '跟我走',
      '以后找我个人',
      '带着客户走',
    ],
  },
];
