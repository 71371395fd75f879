import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type HandoverStart, newHandover } from '../../../lib/paths';
import styles from '../handover.module.css';
import { LinkButton } from '../link-button';

interface Props {
  words: string;
  start: HandoverStart;
  clear(): void;
}

/** What can be done with what was chosen: to plan the handover of just that. */
export function BulkBar({ words, start, clear }: Props) {
  const { t } = useTranslation('handoverDesk');
  return (
    <>
      <span className={styles.bulkWords}>{words}</span>
      <Button onClick={clear}>{t('clearChosen')}</Button>
      <LinkButton {...newHandover(start)} type="primary">
        {t('handChosen')}
      </LinkButton>
    </>
  );
}
