import { SettingOutlined } from '@ant-design/icons';
import { Button, Checkbox, Popover, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from './query-table.module.css';

interface Props {
  columns: readonly { key: string; title: string }[];
  shown: string[];
  choose(next: string[]): void;
  reset(): void;
}

export function ColumnChooser({ columns, shown, choose, reset }: Props) {
  const { t } = useTranslation('table');
  const content = (
    <div className={styles.columnList}>
      <Checkbox.Group
        value={shown}
        options={columns.map(({ key, title }) => ({
          value: key,
          label: title,
          // The last one stays.
          disabled: shown.length === 1 && shown[0] === key,
        }))}
        onChange={(next) => choose(next)}
      />
      <Button type="link" size="small" onClick={reset}>
        {t('resetColumns')}
      </Button>
    </div>
  );
  return (
    <Popover trigger="click" placement="bottomRight" arrow={false} content={content}>
      <Tooltip title={t('columns')}>
        <Button type="text" icon={<SettingOutlined />} aria-label={t('columns')} />
      </Tooltip>
    </Popover>
  );
}
