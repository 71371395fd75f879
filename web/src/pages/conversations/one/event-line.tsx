import { useTranslation } from 'react-i18next';
import type { ArchivedMessage } from '../../../api';
import { exactTime } from '../../../lib/time';

const words = { revoke: 'revoked', agree: 'agreed', disagree: 'disagreed', switch: 'switched' } as const;

/** "李雷 撤回了一条消息 · 14:05" */
export function EventLine({ message }: { message: ArchivedMessage }) {
  const { t } = useTranslation('messages');
  const { type, from, from_name, sent_at } = message;
  const name = from_name ?? from ?? t('someone');
  return (
    <span title={exactTime(sent_at)}>
      <bdi>{t(words[type as keyof typeof words], { name })}</bdi> · {exactTime(sent_at).slice(11, 16)}
    </span>
  );
}
