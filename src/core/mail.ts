import { createTransport, type SendMailOptions } from 'nodemailer';
import { seconds } from './clock';

export interface Mail {
  to: string;
  subject: string;
  text: string;
  /** The same over all tries, so that a mail box may drop a copy. */
  messageId?: string;
}

/** @throws what the server said; nothing is sent then */
export interface Mailer {
  send(mail: Mail): Promise<void>;
  close(): void;
}

/**
 * Mail through `smtp://user:pass@host:587?from=scrm@example.com` (or smtps:). Without `from` the user of the address is
 * the sender. Nothing but plain text is sent, and nothing is fetched or attached.
 */
export function createMailer(smtpUrl: string): Mailer {
  const url = new URL(smtpUrl);
  const from = url.searchParams.get('from') ?? (decodeURIComponent(url.username) || `scrm@${url.hostname}`);
  url.search = '';
  const transport = createTransport({
    url: url.href,
    connectionTimeout: seconds(10),
    greetingTimeout: seconds(10),
    socketTimeout: seconds(20),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, subject, text, messageId }) {
      const mail: SendMailOptions = { from, to, subject, text, ...(messageId ? { messageId } : {}) };
      await transport.sendMail(mail);
    },
    close: () => transport.close(),
  };
}
