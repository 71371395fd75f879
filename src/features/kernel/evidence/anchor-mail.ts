import type { Mailer } from '../../../core/mail';
import type { AnchorWitness } from './anchor-witnesses';
import { hashOfLine } from './anchors';

interface Deps {
  mailer: Mailer;
  /** Mail boxes that the administrator of the database has no power over. */
  to: string;
}

/** Each anchor is mailed. What could not be sent is not sent later: the next one says the same and more. */
export const createAnchorMail = ({ mailer, to }: Deps): AnchorWitness => ({
  name: 'mail',

  async keep(lines) {
    const { text = '', anchor } = lines.at(-1) ?? {};
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
  },
});
