import type { Mailer } from '../../../core/mail';
import type { Database } from '../../../db/database';
import type { JobHandler, JobQueue } from '../../../jobs';
import type { MessageApi } from '../../../wecom';
import { gatherMs, isUrgent } from './grouping';
import { type KindName, kindOf } from './kinds';
import type { Channel } from './notifications.entity';
import type { DueDispatch, NotificationStore } from './notifications.store';
import type { Preferences } from './preferences';
import { dueAt } from './quiet-hours';
import { sendingJob, sendJob } from './raise';
import type { Recipient, Recipients } from './recipients';
import { type Language, maskNumbers, paramsOf, type Rendered, render } from './render';

interface Deps {
  db: Database;
  queue: Pick<JobQueue, 'add'>;
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
  const { db, queue, store, recipients, preferences } = deps;

  /** What came while it was on its way goes out with the next. */
  async function sent(due: readonly DueDispatch[], accountId: string, channel: Channel): Promise<void> {
    for (const { id, params } of await store.sent(due)) {
      const at = isUrgent(JSON.parse(params))
        ? db.now()
        : dueAt(new Date(db.now().getTime() + gatherMs), 'now', await preferences.setting(accountId));
      await store.again(id, channel, at);
      await queue.add([sendingJob(accountId, channel, at)]);
    }
  }

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
      await job.commit(() => sent(due, accountId, channel));
    },
    async onParked({ account_id, channel }, error) {
      await store.failed(String(account_id), String(channel) as Channel, error);
    },
  };
}

/** One as it is; several as a list. */
function messageOf(due: DueDispatch[], language: Language): Message {
  const all = due.map(({ id, kind, params, count }) => {
    const name = kind as KindName;
    const { title, text } = render(name, paramsOf({ params, count }), language);
    // A mail with the number of an earlier one would be taken for the same.
    const number = (count ?? 1) > 1 ? `${id}.${count}` : id;
    return { id: number, link: kindOf(name).link, title, text: maskNumbers(text) };
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
