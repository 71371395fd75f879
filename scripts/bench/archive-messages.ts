import type { Envelope } from '../../src/wecom/archive';
import type { archiveKeys, buildArchiveLibrary } from '../../test/support/archive-library/archive-library';
import { sealMessage } from '../../test/support/archive-library/archive-library';

const words =
  '客户 报价 合同 样品 付款 发货 物流 订单 优惠 活动 门店 会员 积分 售后 安装 维修 发票 税点 折扣 库存 新款 颜色 尺寸 型号 数量 单价 总价 定金 尾款 银行 账户 地址 电话 微信 明天 下午 上午 周末 月底 会议 见面 拜访 方案 设计 测试 上线 系统 功能 数据 报表 经理 老板 同事 朋友 家人 孩子 学校 医院 公司 工厂 仓库 司机 快递 包裹 签收 退货 换货 质量 问题 原因 解决 处理 确认 同意 拒绝 考虑 比较 便宜 贵了 合适 喜欢 需要 安排 联系 回复 稍等 马上 谢谢 辛苦 您好 再见'.split(
    ' ',
  );

/** The same numbers each time, spread evenly. */
const spread = (n: number): number => Math.imul(n + 1, 2654435761) >>> 0;

const sentence = (n: number): string =>
  Array.from({ length: 4 + (spread(n) % 9) }, (_, i) => words[spread(n * 31 + i) % words.length]).join('');

const firstSeq = 9007199254740993n;
const seqOf = (n: number): string => String(firstSeq + BigInt(n));

/** What the n-th message says: mostly text, and of everything else a little, as people write. */
function plainOf(n: number): string {
  const pair = spread(n) % 2000;
  const customer = `wmBENCH${String(pair).padStart(25, '0')}`;
  const [from, to] = n % 2 === 0 ? [`staff${pair % 200}`, customer] : [customer, `staff${pair % 200}`];
  const head = {
    msgid: `${seqOf(n)}_external`,
    action: 'send',
    from,
    tolist: [to],
    roomid: '',
    msgtime: 1.76e12 + n * 50,
  };
  return JSON.stringify({ ...head, ...contentOf(n) });
}

function contentOf(n: number): object {
  const text = sentence(n);
  switch (n % 20) {
    case 17:
      return { msgtype: 'image', image: { md5sum: '', filesize: 20_480, sdkfileid: `FILE${n}` } };
    case 18:
      return { msgtype: 'link', link: { title: text, description: sentence(n + 7), link_url: 'https://example.com/' } };
    case 19: {
      const item = { type: 'ChatRecordText', msgtime: 1_759_999_000, content: JSON.stringify({ content: text }) };
      return { msgtype: 'chatrecord', chatrecord: { title: '聊天记录', item: [item, item] } };
    }
    default:
      return { msgtype: 'text', text: { content: text } };
  }
}

const pageSize = 1000;

/** Puts so many sealed messages into the stand-in library, in whole pages. */
export function fillLibrary(
  library: ReturnType<typeof buildArchiveLibrary>,
  key: ReturnType<typeof archiveKeys>,
  messages: number,
): void {
  let after = '0';
  for (let from = 0; from < messages; from += pageSize) {
    const page: Envelope[] = Array.from({ length: pageSize }, (_, i) => {
      const n = from + i;
      return sealMessage(plainOf(n), { ...key, seq: seqOf(n), msgid: `${seqOf(n)}_external` });
    });
    library.page(after, page);
    after = seqOf(from + pageSize - 1);
  }
}
