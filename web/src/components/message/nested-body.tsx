import { DownOutlined, RightOutlined } from '@ant-design/icons';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { textOf } from '../../lib/detail';
import { TimeText } from '../time-text';
import { contentOfItem, type MessageContent } from './content';
import styles from './message.module.css';

interface Props {
  content: MessageContent;
  /** Draws one of the parts, which may hold parts itself. */
  draw(part: MessageContent): ReactNode;
}

/** A forwarded conversation folds; what was sent as one message of several parts stands open. */
export function NestedBody(props: Props) {
  return props.content.type === 'chatrecord' ? <Forwarded {...props} /> : <Parts {...props} />;
}

function Forwarded({ content, draw }: Props) {
  const { t } = useTranslation('messages');
  const [open, setOpen] = useState(false);
  const { items, body } = content;
  return (
    <div className={styles.card}>
      <button type="button" className={styles.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
        <span aria-hidden>{open ? <DownOutlined /> : <RightOutlined />}</span>
        <span className={styles.foldTitle} dir="auto">
          {textOf(body.title) || t('kind.chatrecord')}
        </span>
        <span className={styles.quiet}>{t('items', { count: items.length })}</span>
      </button>
      {open && <Parts content={content} draw={draw} />}
    </div>
  );
}

function Parts({ content: { items, media }, draw }: Props) {
  return (
    <ol className={styles.parts}>
      {items.map((item) => (
        <li key={item.path} className={styles.part}>
          {item.sent_at && (
            <div className={styles.quiet}>
              <TimeText at={item.sent_at} />
            </div>
          )}
          {draw(contentOfItem(item, media))}
        </li>
      ))}
    </ol>
  );
}
