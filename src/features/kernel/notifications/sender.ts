import type { Mailer } from '../../../core/mail';
import type { Database } from '../../../db/database';
import type { JobHandler } from '../../../jobs';
import type { MessageApi } from '../../../wecom';
import { type KindName, kindOf } from './kinds';
import type { Channel } from './notifications.entity';
import type { DueDispatch, NotificationStore } from './notifications.store';
import type { Preferences } from './preferences';
import { sendJob } from './raise';
import type { Recipient, Recipients } from './recipients';
import { type Language, maskNumbers, type Rendered, render } from './render';

interface Deps {
  db: Database;
  wecom: { messages: Pick<MessageApi, 'sendText' | 'sendTextCard'> };
  mailer: Mailer | undefined;
  /** Where people reach the console; without it messages lead nowhere. */
  publicUrl: string | undefined;
  store: NotificationStore;
  recipients: Recipients;
  preferences: Preferences;
}

interface Message extends Rendered {
  /** Below the console's address. */
  link: string;
  id: string;
}

/** Sends what is due to one account over one channel, as one message. After the last try it stays in the centre alone. */
export function notificationHandler(deps: Deps): JobHandler {
  const { store, recipients, preferences } = deps;
  return {
    kind: sendJob,
    async handle(job) {
      const accountId = String(job.payload.account_id);
      const channel = String(job.payload.channel) as Channel;
      const due = await store.due(accountId, channel);
      if (due.length === 0) return;
      const recipient = await recipients.find(accountId);
      const { email, language } = await preferences.setting(accountId);
      if (!recipient) {
        return void (await job.commit(() =>
          store.failed(accountId, channel, 'the account cannot be reached any more'),
        ));
      }
      const message = messageOf(due, language);
      if (channel === 'wecom') await toWecom(deps, recipient, message, job.signal);
      else await toMail(deps, email, message);
      await job.commit(() => store.sent(due.map(({ id }) => id)));
    },
    async onParked({ account_id, channel }, error) {
      await store.failed(String(account_id), String(channel) as Channel, error);
    },
  };
}

/** One as it is; several as a list. */
function messageOf(due: DueDispatch[], language: Language): Message {
  const all = due.map(({ id, kind, params }) => {
    const name = kind as KindName;
    const { title, text } = render(name, JSON.parse(params), language);
    return { id, link: kindOf(name).link, title, text: maskNumbers(text) };
  });
  const [first, ...more] = all;
  if (!first) throw new Error('there is nothing to send');
  if (more.length === 0) return first;
  const title = language === 'en' ? `${all.length} notifications` : `${all.length} 条通知`;
  return {
    title,
    text: all.map((one) => `${one.title}: ${one.text}`).join('\n'),
    link: '/notifications',
    id: first.id,
  };
}

async function toWecom({ wecom, publicUrl }: Deps, { userid }: Recipient, message: Message, signal: AbortSignal) {
  if (userid === null) return;
  const { title, text, link } = message;
  const options = { lane: 'bulk', signal } as const;
  const userids = [userid];
  if (!publicUrl) return void (await wecom.messages.sendText({ userids, content: `${title}\n${text}` }, options));
  await wecom.messages.sendTextCard({ userids, title, description: text, url: `${publicUrl}${link}` }, options);
}

async function toMail({ mailer, publicUrl }: Deps, to: string | null, { title, text, link, id }: Message) {
  if (!mailer || to === null) return;
  const body = publicUrl ? `${text}\n\n${publicUrl}${link}\n` : `${text}\n`;
  await mailer.send({ to, subject: title, text: body, messageId: `<${id}@notifications.scrm>` });
}
