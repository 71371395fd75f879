import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { ColorDot } from './color-dot';
import { colorKeys } from './colors';
import styles from './pick-lists.module.css';

export function ColorField() {
  const { t } = useTranslation('pickLists');
  const options = colorKeys.map((value) => ({
    value,
    label: (
      <span className={styles.label}>
        <ColorDot color={value} />
        {t(`colorOf.${value}`)}
      </span>
    ),
  }));
  return (
    <Form.Item name="color" label={t('color')}>
      <Select allowClear placeholder={t('colorOf.none')} options={options} />
    </Form.Item>
  );
}
