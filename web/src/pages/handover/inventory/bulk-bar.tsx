import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from '../handover.module.css';
import { LinkButton } from '../link-button';
import { type HandoverStart, newHandover } from '../start';

interface Props {
  words: string;
  start: HandoverStart;
  clear(): void;
}

/** What can be done with what was chosen: to plan the handover of just that. It lies over the foot of the list. */
export function BulkBar({ words, start, clear }: Props) {
  const { t } = useTranslation('handoverDesk');
  return (
    <div className={styles.bulk} role="toolbar" aria-label={words}>
      <span className={styles.bulkWords}>{words}</span>
      <Button onClick={clear}>{t('clearChosen')}</Button>
      <LinkButton {...newHandover(start)} type="primary">
        {t('handChosen')}
      </LinkButton>
    </div>
  );
}
