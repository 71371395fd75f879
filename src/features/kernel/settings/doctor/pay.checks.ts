import { PayError, PayFault } from '../../../../pay';
import { type Check, type DoctorDeps, type Outcome, ok, skipped, words } from './doctor.types';

/** A number nobody has: that WeChat Pay does not know it proves keys and signatures both ways. */
const nobodys = 'DOCTOR00000000';

/** Payments: whether WeChat Pay can be asked, and whether something it told waits for a person. */
export const payChecks = (deps: DoctorDeps): Check[] => [
  {
    key: 'pay.merchant',
    area: 'settings',
    title: words('微信支付商户', 'WeChat Pay merchant'),
    run: () => merchant(deps),
  },
  {
    key: 'pay.notifications',
    area: 'settings',
    title: words('微信支付通知', 'WeChat Pay notifications'),
    run: () => notifications(deps),
  },
];

const notConfigured = skipped('未配置微信支付。', 'WeChat Pay is not configured.');

async function merchant({ pay }: DoctorDeps): Promise<Outcome> {
  const { missing, mchId } = pay;
  if (missing.length > 0) return mchId === undefined ? notConfigured : incomplete(missing);
  try {
    await pay.gateway().query(nobodys);
    return ok(`商户 ${mchId} 可用。`, `Merchant ${mchId} is answered.`);
  } catch (error) {
    if (error instanceof PayFault) return unwell(error);
    throw error;
  }
}

const incomplete = (missing: readonly string[]): Outcome => ({
  level: 'warn',
  cause: words(`还缺少 ${missing.join('、')}，无法收款。`, `${missing.join(', ')} is missing: no payment is possible.`),
  action: words('请设置这些环境变量并重启。', 'Set these variables in the environment, and start again.'),
  copy: missing,
});

function unwell(fault: PayFault): Outcome {
  if (fault instanceof PayError) {
    const { code, advice } = fault;
    const cause = words(`${code}：${advice.meaning.zh}`, `${code}: ${advice.meaning.en}`);
    return { level: 'fail', cause, action: advice.action };
  }
  return {
    level: 'fail',
    cause: words('微信支付没有给出可信的应答。', 'WeChat Pay gave no answer that can be believed.'),
    action: words(
      '请检查网络、服务器时钟，以及微信支付公钥或平台证书是否正确。',
      "Check the network, this server's clock, and WeChat Pay's public key or platform certificate.",
    ),
  };
}

async function notifications({ db, pay }: DoctorDeps): Promise<Outcome> {
  if (pay.missing.length > 0) return notConfigured;
  const [row] = await db.query<{ n: unknown }>("SELECT COUNT(*) AS n FROM pay_notification WHERE state = 'parked'");
  const count = Number(row?.n);
  if (count === 0) return ok('没有待处理的通知。', 'None waits for a person.');
  return {
    level: 'warn',
    cause: words(`${count} 条通知找不到对应的收款。`, `${count} could not be matched with a payment.`),
    action: words(
      '请财务人员通过 GET /api/v1/pay/notifications?state=parked 查看原因，处理后重新处理。',
      'Somebody of finance reads why under GET /api/v1/pay/notifications?state=parked, and handles them again.',
    ),
  };
}
