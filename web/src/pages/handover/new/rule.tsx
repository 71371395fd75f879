import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons';
import { Button, Checkbox, Form, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../../components/panel';
import { distributions, moved, type Preference } from './draft';
import styles from './new.module.css';
import type { SectionProps } from './new-page';

/** How it is shared out, and what is preferred before. */
export function Rule({ draft: { distribution, prefer }, change }: SectionProps) {
  const { t } = useTranslation('handoverPlans');
  const toggle = (key: Preference, isOn: boolean) =>
    change({ prefer: prefer.map((one) => (one.key === key ? { key, isOn } : one)) });
  return (
    <Panel title={t('ruleTitle')}>
      <Form.Item label={t('distribution')} className={styles.tight ?? ''}>
        <Radio.Group
          aria-label={t('distribution')}
          className={styles.radios ?? ''}
          value={distribution}
          onChange={({ target }) => change({ distribution: target.value })}
        >
          {distributions.map((value) => (
            <Radio key={value} value={value}>
              {t(`distributionOf.${value}`)} <span className={styles.quiet}>{t(`distributionHint.${value}`)}</span>
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
      <Form.Item label={t('prefer')} extra={t('preferHint')} className={styles.tight ?? ''}>
        <ol className={styles.prefer} aria-label={t('prefer')}>
          {prefer.map(({ key, isOn }, place) => (
            <li key={key} className={styles.preference}>
              <Checkbox checked={isOn} onChange={({ target }) => toggle(key, target.checked)}>
                {t(`preferOf.${key}`)}
              </Checkbox>
              <span className={styles.acts}>
                <Button
                  type="text"
                  size="small"
                  icon={<ArrowUpOutlined />}
                  aria-label={t('up', { name: t(`preferOf.${key}`) })}
                  disabled={place === 0}
                  onClick={() => change({ prefer: moved(prefer, place, -1) })}
                />
                <Button
                  type="text"
                  size="small"
                  icon={<ArrowDownOutlined />}
                  aria-label={t('down', { name: t(`preferOf.${key}`) })}
                  disabled={place === prefer.length - 1}
                  onClick={() => change({ prefer: moved(prefer, place, 1) })}
                />
              </span>
            </li>
          ))}
        </ol>
      </Form.Item>
    </Panel>
  );
}
