import { faultText } from '../../../core/errors';
import { failpoint } from '../../../core/failpoints';
import type { Logger } from '../../../core/logger';
import type { Vault } from '../../../core/vault';
import type { ActiveJob, JobHandler } from '../../../jobs';
import type { XmlObject } from '../../../wecom/xml';
import { bodyPlace, readMessage } from './arrival';
import type { InboxEvent } from './inbox.entity';
import { type InboxStore, inboxJob } from './inbox.store';

/** What the callbacks folder makes of an event: a reason to leave it, or the write that follows from it. */
export type React = (
  event: InboxEvent,
  message: XmlObject,
) => Promise<{ ignored: string } | { write(): Promise<void> }>;

/** Handles one inbox event: reads from WeCom, then effect, inbox state and job end in one transaction (I4). */
export function inboxHandler(deps: { store: InboxStore; vault: Vault; react: React; logger: Logger }): JobHandler {
  const { store, vault, react, logger } = deps;

  async function handle(job: ActiveJob): Promise<void> {
    const event = await store.byDigest(String(job.payload.digest));
    if (event?.state !== 'pending') return;
    const outcome = await decide(event);
    await job.commit(async () => {
      const settled = await store.settle(event, 'ignored' in outcome ? 'ignored' : 'done', reasonOf(outcome));
      if (!settled) return;
      if ('write' in outcome) await outcome.write();
      failpoint('inbox.before-commit');
    });
    failpoint('inbox.handled');
  }

  async function decide(event: InboxEvent): ReturnType<React> {
    const message = event.body === null ? undefined : readMessage(vault.open(event.body, bodyPlace(event.digest)));
    return message ? react(event, message) : { ignored: 'its body is no longer kept' };
  }

  return {
    kind: inboxJob,
    handle,
    concurrency: 16,
    async onParked(payload, error) {
      const event = await store.byDigest(String(payload.digest));
      if (!event) return;
      await store.settle(event, 'parked', faultText(error).slice(0, 1000));
      logger.error('a callback was parked after its last try', { inbox_event: event.id, event: event.event, error });
    },
  };
}

const reasonOf = (outcome: object): string | null => ('ignored' in outcome ? String(outcome.ignored) : null);
