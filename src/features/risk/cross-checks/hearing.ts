import { insertRows } from '../../../db/bulk';
import { everything } from '../../../wecom/archive/messages';
import type { JudgedMessage, MessageDetector } from '../detection';
import type { MoneyTalkKind } from './money-talk.entity';

/** Not what is still to be done, nor what is asked. */
const paid =
  /(?<![没未不别先].{0,3})(?:转(?:给)?你了|已经?(?:付|转账|打款|转(?:过去|给你|了))|付过了|付过去了|打过去了|转过去了|打你卡上了|打款了|钱(?:已经)?转了|[定订]金(?:已经)?付了)(?!.{0,4}[吗嘛么没?])/;
const deal = /价格|报价|多少钱|什么价|优惠|折扣|合同|签约|付款|打款|转账|[定订]金|尾款|全款|首付|下单|发票|开票/;
/** Codes by which a person is paid (violations §4.1); what a company prints at its till begins otherwise. */
const collecting = /^(?:wxp:\/\/(?:wb)?f2f|https?:\/\/qr\.alipay\.com\/)/i;

/** Notes who speaks of money with whom. It finds nothing: what it notes is compared with the books (cross-checks.ts). */
export const hearing: MessageDetector = {
  codes: [],
  async judge(messages, { db }) {
    const rows = messages.flatMap((message) =>
      kindsOf(message).map((kind) => [message.id, kind, message.conversation_id, message.sent_at]),
    );
    const into = { table: 'money_talk', columns: ['message_id', 'kind', 'conversation_id', 'sent_at'] };
    const write = async () => {
      await insertRows(db, { ...into, onConflict: { keys: ['message_id', 'kind'] } }, rows);
    };
    return { found: [], write: rows.length > 0 ? write : undefined };
  },
};

function kindsOf({ conversation, sender_kind, opened, codes }: JudgedMessage): MoneyTalkKind[] {
  if (conversation.userid === null || conversation.external_userid === null || sender_kind === 'robot') return [];
  const text = opened
    ? everything(opened.message)
        .flatMap(({ texts }) => texts)
        .join('\n')
        .normalize('NFKC')
    : '';
  const says: [MoneyTalkKind, boolean][] = [
    ['paid', sender_kind === 'external' && paid.test(text)],
    ['deal', deal.test(text)],
    ['collect', sender_kind === 'staff' && codes.some((code) => collecting.test(code.text))],
  ];
  return says.flatMap(([kind, isSaid]) => (isSaid ? [kind] : []));
}
