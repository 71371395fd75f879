import { shanghaiDay } from '../../../../../core/clock';
import type { MessageDetector } from '../../detector';
import { messageFact } from '../../message-fact';

const finder = { code: 'ARCHIVE_EVASION', version: 1 } as const;

/** Somebody went over to another company in the same app: what they say there is not heard. One finding a day. */
export const switched: MessageDetector = {
  codes: [finder.code],
  judge: async (messages) => ({
    found: messages
      .filter(({ action, sender }) => action === 'switch' && sender !== '')
      .map((message) => ({
        by: finder,
        draft: {
          key: `switch:${message.sender}:${shanghaiDay(message.sent_at)}`,
          ...{ evidenceLevel: 'DERIVED' as const, severity: 'high' as const, userid: message.sender },
          ...{ occurredAt: message.sent_at, features: { how: 'switched' }, evidence: [messageFact(message)] },
        },
      })),
  }),
};
