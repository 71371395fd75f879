import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ArchivedMessage } from '../../../api';
import { exactTime } from '../../../lib/time';
import styles from './conversation.module.css';

const words = { revoke: 'revoked', agree: 'agreed', disagree: 'disagreed', switch: 'switched' } as const;

interface Props {
  message: ArchivedMessage;
  onJump(id: string): void;
}

/** "李雷 撤回了一条消息 · 14:05 · 查看原消息" */
export function EventLine({ message, onJump }: Props) {
  const { t } = useTranslation('messages');
  const { type, from, from_name, sent_at, recalls } = message;
  const name = from_name ?? from ?? t('someone');
  return (
    <span title={exactTime(sent_at)}>
      <bdi>{t(words[type as keyof typeof words], { name })}</bdi> · {exactTime(sent_at).slice(11, 16)}
      {recalls && (
        <>
          {' · '}
          <Button className={styles.original ?? ''} type="link" size="small" onClick={() => onJump(recalls)}>
            {t('showOriginal')}
          </Button>
        </>
      )}
    </span>
  );
}
