/** What a refusal means and what a person can do about it. */
export interface Advice {
  meaning: { zh: string; en: string };
  action: { zh: string; en: string };
}

const advice = (zh: [string, string], en: [string, string]): Advice => ({
  meaning: { zh: zh[0], en: en[0] },
  action: { zh: zh[1], en: en[1] },
});

const wrongSignature = advice(
  ['微信支付无法验证我方签名。', '请核对商户号、证书序列号与私钥是否属于同一套证书。'],
  [
    'WeChat Pay cannot verify our signature.',
    'Check that merchant number, serial number and private key belong together.',
  ],
);
const notAllowed = advice(
  ['商户号没有此产品的权限，或与 AppID 没有绑定。', '请在商户平台「产品中心」开通产品，并在「AppID 账号管理」中绑定。'],
  [
    'The merchant may not use this product, or is not bound to the app id.',
    'Open the product under Product Centre of the merchant platform, and bind the app id there.',
  ],
);
const busy = advice(
  ['微信支付系统繁忙，结果未知。', '无需操作：系统会查询结果，不会重复扣款或退款。'],
  ['WeChat Pay is busy and the outcome is not known.', 'Nothing: the outcome is looked up, and nothing is repeated.'],
);
const tooOften = advice(['请求过于频繁。', '请稍后再试。'], ['Asked too often.', 'Try again later.']);
const numberUsed = advice(
  ['此商户订单号已用于另一笔订单。', '请新建一笔收款。'],
  ['The number was used for another order.', 'Create a new payment.'],
);
const paid = advice(
  ['订单已支付。', '无需操作：付款会自动记录。'],
  ['The order is paid already.', 'Nothing: the payment is recorded by itself.'],
);
const closed = advice(['订单已关闭。', '请新建一笔收款。'], ['The order is closed.', 'Create a new payment.']);
const unknownNumber = advice(
  ['微信支付没有此单号。', '请核对单号；系统会以同一单号重新提交。'],
  ['WeChat Pay does not know the number.', 'Check the number; it is sent again under the same one.'],
);
const wrongArgument = advice(
  ['请求参数有误。', '请把此错误与时间告诉系统管理员。'],
  ['Something in the request is wrong.', 'Tell the system administrator of this fault and its time.'],
);
const noMoney = advice(
  ['商户账户余额不足，无法退款。', '请为商户账户充值后重试。'],
  ['The merchant account does not hold enough for the refund.', 'Top it up and try again.'],
);

const byCode: Readonly<Record<string, Advice>> = {
  SIGN_ERROR: wrongSignature,
  MCH_NOT_EXISTS: notAllowed,
  APPID_MCHID_NOT_MATCH: notAllowed,
  NO_AUTH: notAllowed,
  SYSTEM_ERROR: busy,
  BANK_ERROR: busy,
  FREQUENCY_LIMITED: tooOften,
  FREQUENCY_LIMIT: tooOften,
  RATELIMIT_EXCEEDED: tooOften,
  OUT_TRADE_NO_USED: numberUsed,
  ORDER_PAID: paid,
  ORDERPAID: paid,
  ORDER_CLOSED: closed,
  ORDER_NOT_EXIST: unknownNumber,
  RESOURCE_NOT_EXISTS: unknownNumber,
  PARAM_ERROR: wrongArgument,
  INVALID_REQUEST: wrongArgument,
  NOT_ENOUGH: noMoney,
};

const other = advice(
  ['微信支付拒绝了请求。', '请在微信支付文档中查找此错误码。'],
  ['WeChat Pay refused.', "Look the code up in WeChat Pay's documents."],
);

export const adviceOn = (code: string): Advice => byCode[code] ?? other;
