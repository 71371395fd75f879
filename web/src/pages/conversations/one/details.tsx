import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useHotkeys } from 'react-hotkeys-hook';
import { useTranslation } from 'react-i18next';
import type { ArchivedMedia, ArchivedMessage, Conversation } from '../../../api';
import { CopyButton } from '../../../components/copy-button';
import { Facts } from '../../../components/facts';
import { JsonView } from '../../../components/json-view';
import { PersonLink } from '../../../components/person-link';
import { conversationPath } from '../../../lib/paths';
import { sizeText } from '../../../lib/size';
import { exactTime } from '../../../lib/time';
import { useWord } from '../../../lib/use-word';
import styles from './conversation.module.css';

interface Props {
  message: ArchivedMessage;
  conversation: Conversation;
  onClose(): void;
  /** More buttons at the head. */
  extra?: ReactNode;
}

/** Everything that is known of one message, beside the chat, which makes room for it. */
export function Details({ message, conversation, onClose, extra }: Props) {
  const { t } = useTranslation('conversations');
  const { t: tc } = useTranslation();
  useHotkeys('esc', onClose);
  return (
    <aside className={styles.details} aria-label={t('details')}>
      <div className={styles.detailsHead}>
        <h2 className={styles.heading}>{t('details')}</h2>
        {extra}
        <Button type="text" icon={<CloseOutlined />} aria-label={tc('close')} onClick={onClose} />
      </div>
      <div className={styles.sections}>
        <Told message={message} />
        <Proof message={message} conversation={conversation} />
        {message.media.length > 0 && <Files media={message.media} />}
        <section>
          <h3 className={styles.heading}>{t('fields')}</h3>
          <JsonView value={message.items.length > 0 ? { ...message.body, items: message.items } : message.body} />
        </section>
      </div>
    </aside>
  );
}

function Told({ message }: { message: ArchivedMessage }) {
  const { t } = useTranslation('conversations');
  const kindOf = useWord('messages');
  const { type, from, to, sent_at, recalled_by } = message;
  return (
    <Facts
      items={[
        { label: t('type'), value: `${kindOf(`kind.${type}`) ?? type} · ${type}` },
        { label: t('sentAt'), value: exactTime(sent_at) },
        { label: t('sender'), value: from && <PersonLink id={from} /> },
        {
          label: t('recipients'),
          value: to.length > 0 && (
            <ul className={styles.recipients}>
              {to.map((id) => (
                <li key={id}>
                  <PersonLink id={id} />
                </li>
              ))}
            </ul>
          ),
        },
        ...(recalled_by ? [{ label: t('recalledAt'), value: exactTime(recalled_by.sent_at) }] : []),
      ]}
    />
  );
}

function Proof({ message, conversation }: { message: ArchivedMessage; conversation: Conversation }) {
  const { t } = useTranslation('conversations');
  const actionOf = useWord('conversations');
  const { id, seq, msgid, action } = message;
  const link = location.origin + conversationPath(conversation.id, id);
  return (
    <section>
      <h3 className={styles.heading}>{t('proof')}</h3>
      <Facts
        items={[
          { label: 'seq', value: <span title={t('seqHint')}>{seq}</span> },
          { label: 'msgid', value: <Code text={msgid} /> },
          { label: t('action'), value: actionOf(`actions.${action}`) ?? action },
          { label: t('number'), value: id },
          ...(conversation.chat_id ? [{ label: t('chatId'), value: <Code text={conversation.chat_id} /> }] : []),
          { label: t('link'), value: <Code text={link} /> },
        ]}
      />
    </section>
  );
}

const Code = ({ text }: { text: string }) => (
  <>
    <code>{text}</code> <CopyButton text={text} />
  </>
);

function Files({ media }: { media: readonly ArchivedMedia[] }) {
  const { t } = useTranslation('conversations');
  return (
    <section>
      <h3 className={styles.heading}>{t('files')}</h3>
      {media.map((file) => (
        <div key={file.path} className={styles.fileFacts}>
          <FileFacts file={file} />
        </div>
      ))}
    </section>
  );
}

function FileFacts({ file }: { file: ArchivedMedia }) {
  const { t } = useTranslation('conversations');
  const { t: tm } = useTranslation('messages');
  const { path, name, size, state, fault, sha256, type } = file;
  return (
    <Facts
      items={[
        ...(name ? [{ label: t('name'), value: name }] : []),
        ...(path ? [{ label: t('path'), value: <code>{path}</code> }] : []),
        { label: t('size'), value: size === null ? null : sizeText(size) },
        { label: t('fileType'), value: type },
        { label: 'SHA-256', value: sha256 && <Code text={sha256} /> },
        ...(state === 'stored' ? [] : [{ label: t('fault'), value: fault ?? tm(`media.${state}`) }]),
      ]}
    />
  );
}
