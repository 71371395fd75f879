import { useTranslation } from 'react-i18next';
import { JsonView } from '../json-view';
import { CardBody } from './card-body';
import { cards } from './cards';
import type { MessageContent } from './content';
import { MediaBody } from './media-body';
import styles from './message.module.css';
import { NestedBody } from './nested-body';
import { TextBody } from './text-body';

const texts = ['text', 'markdown'];
const files = ['image', 'emotion', 'voice', 'video', 'file', 'voip_doc_share'];
const nested = ['chatrecord', 'mixed', 'note'];

/** What a message, or a part of one, holds; of a kind that nobody knows, what came. Always as text, never as HTML (S19). */
export function MessageBody({ content }: { content: MessageContent }) {
  const { type, body } = content;
  if ('raw' in body) return <RawBody content={content} />;
  if (texts.includes(type)) return <TextBody body={body} />;
  if (files.includes(type)) return <MediaBody content={content} />;
  if (nested.includes(type)) {
    return <NestedBody content={content} draw={(part) => <MessageBody content={part} />} />;
  }
  if (type === 'meeting_voice_call') {
    return (
      <div className={styles.stack}>
        <CardBody content={content} />
        <MediaBody content={content} />
      </div>
    );
  }
  return type in cards || type === 'news' ? <CardBody content={content} /> : <RawBody content={content} />;
}

function RawBody({ content: { path, type, body } }: { content: MessageContent }) {
  const { t } = useTranslation('messages');
  return (
    <div className={styles.card}>
      <div className={styles.cardKind}>{t('unknownKind', { type })}</div>
      <div className={styles.quiet}>{t(path ? 'rawNested' : 'unknownHint')}</div>
      <JsonView value={body.raw ?? body} />
    </div>
  );
}
