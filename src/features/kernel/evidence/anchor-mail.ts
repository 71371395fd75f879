import type { Logger } from '../../../core/logger';
import type { Mailer } from '../../../core/mail';
import { type AnchorStore, hashOfLine, parseAnchor } from './anchors';

interface Deps {
  /** Where anchors are kept and read from. */
  folder: AnchorStore;
  mailer: Mailer;
  /** Mail boxes that the administrator of the database has no power over. */
  to: string;
  logger: Pick<Logger, 'error'>;
}

/**
 * Anchors are kept in the folder, and each is mailed as well. A mail that cannot be sent is an error in the log and
 * stops nothing: every anchor covers the whole chain before it, so the next one says the same and more.
 */
export function createAnchorMail({ folder, mailer, to, logger }: Deps): AnchorStore {
  let isDelivered = true;

  async function send(text: string): Promise<void> {
    const anchor = parseAnchor(text);
    const subject = `Audit anchor ${anchor?.corp ?? ''} link ${anchor?.n ?? ''}`;
    const body = [
      'A signed statement of how far the audit trail was. Keep this mail: with it, a trail that was cut off or',
      'made anew can be told from the real one. The next line is the anchor, to the letter.',
      '',
      text,
      '',
      `SHA-256 of that line: ${hashOfLine(text)}`,
    ];
    await mailer.send({ to, subject, text: body.join('\n'), messageId: `<anchor-${hashOfLine(text)}@scrm>` });
  }

  return {
    lines: folder.lines,

    async append(text) {
      await folder.append(text);
      try {
        await send(text);
        isDelivered = true;
      } catch (error) {
        isDelivered = false;
        logger.error('the anchor of the audit trail could not be mailed', { error });
      }
    },

    /** Once mailed, it lies elsewhere, too; while mails fail, only where the folder is. */
    onDiskOfDatabase: async () => (isDelivered ? false : folder.onDiskOfDatabase()),
  };
}
