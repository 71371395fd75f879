import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../preferences';
import styles from './query-table.module.css';
import type { ListState } from './use-list-state';

const sizes = [20, 50, 100, 200];

interface Props {
  state: ListState;
  nextCursor: string | undefined;
  rows: number;
}

/** Forward and back by cursor: nothing is counted, nothing shifts while rows arrive. */
export function Pager({ state, nextCursor, rows }: Props) {
  const { t } = useTranslation('table');
  const { pageSize, set } = usePreferences();
  const resize = (size: number) => {
    set({ pageSize: size });
    if (state.cursor) state.first();
  };
  return (
    <nav className={styles.pager} aria-label={t('pageNumber', { page: state.page || '…' })}>
      <span className={styles.quiet}>
        {state.page > 0 && <>{t('pageNumber', { page: state.page })} · </>}
        {t('rowsOnPage', { count: rows })}
        {!nextCursor && rows > 0 && <> · {t('lastPage')}</>}
      </span>
      <span className={styles.pagerButtons}>
        {state.page !== 1 && (
          <Button size="small" type="link" onClick={state.first}>
            {t('first')}
          </Button>
        )}
        <Select
          size="small"
          variant="borderless"
          aria-label={t('perPage', { count: pageSize })}
          value={pageSize}
          onChange={resize}
          options={sizes.map((size) => ({ value: size, label: t('perPage', { count: size }) }))}
        />
        <Button
          size="small"
          icon={<LeftOutlined />}
          aria-label={t('previous')}
          disabled={state.page <= 1}
          onClick={state.previous}
        />
        <Button
          size="small"
          icon={<RightOutlined />}
          aria-label={t('next')}
          disabled={!nextCursor}
          onClick={() => nextCursor && state.next(nextCursor)}
        />
      </span>
    </nav>
  );
}
