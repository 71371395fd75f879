import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ArchivedMessage } from '../../../../api';
import type { HeldMessages } from '../../../../api/spot-checks';
import { exactTime } from '../../../../lib/time';
import conversationStyles from '../../../conversations/one/conversation.module.css';
import { DayRow } from '../../../conversations/one/day-row';
import { Frame } from '../../../conversations/one/frame';
import { MessageRow } from '../../../conversations/one/message-row';
import { isEvent, rowsOf } from '../../../conversations/one/rows';
import findingStyles from '../../../findings/findings.module.css';
import styles from '../spot-checks.module.css';
import { shownOf } from './shown';

interface Props {
  held: HeldMessages;
  userid: string;
  /** Ids of messages that the device lacks. */
  missing: readonly string[];
  /** To a message that another one takes back. */
  onJump(id: string): void;
  /** Without it nothing can be ticked any more. */
  onToggle?(id: string): void;
}

/** The first message and the newest ones, with how many lie between. */
export function Held({ held, ...props }: Props) {
  const { t } = useTranslation('spotChecks');
  const { before, between, after } = shownOf(held);
  return (
    <Frame className={findingStyles.passage}>
      <ol className={styles.rows}>
        <Stretch messages={before} {...props} />
        {between > 0 && <li className={styles.between}>{t('between', { n: between.toLocaleString() })}</li>}
        <Stretch messages={after} {...props} />
      </ol>
    </Frame>
  );
}

const ignore = () => undefined;

function Stretch({
  messages,
  userid,
  missing,
  onJump,
  onToggle,
}: Omit<Props, 'held'> & { messages: ArchivedMessage[] }) {
  return rowsOf(messages).map((row) => {
    if (row.kind === 'edge') return null;
    if (row.kind === 'day') {
      return (
        <li key={row.key} className={conversationStyles.row}>
          <DayRow at={row.at} />
        </li>
      );
    }
    const { message } = row;
    const isMissing = missing.includes(message.id);
    // What merely happened, such as a consent, stands in the archive alone.
    const hasTick = !isEvent(message) && (onToggle || isMissing);
    return (
      <li key={row.key} className={styles.row}>
        {hasTick && <Tick message={message} isMissing={isMissing} onToggle={onToggle} />}
        <div className={styles.message}>
          <MessageRow
            row={row}
            conversation={{ userid, peer_userid: null }}
            isMarked={isMissing}
            onMark={onToggle ?? ignore}
            onJump={onJump}
          />
        </div>
      </li>
    );
  });
}

interface TickProps {
  message: ArchivedMessage;
  isMissing: boolean;
  onToggle: ((id: string) => void) | undefined;
}

/** What was taken back is on no device: it cannot be missing. */
function Tick({ message: { id, sent_at, recalled_by }, isMissing, onToggle }: TickProps) {
  const { t } = useTranslation('spotChecks');
  return (
    <Checkbox
      aria-label={t('missingAt', { time: exactTime(sent_at) })}
      checked={isMissing}
      disabled={!onToggle || recalled_by !== null}
      onChange={() => onToggle?.(id)}
    />
  );
}
