import { Form, InputNumber, Radio, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../../../api';
import { StaffListField } from '../../../../components/form-fields';
import { Panel } from '../../../../components/panel';
import { TagListField } from '../../../external-contacts/tag-filter';
import { DepartmentListField } from '../../../staff/department-filter';
import styles from '../rules.module.css';
import { HoursField, LinesField } from './fields';

const at = (...names: string[]) => ['definition', ...names];
const under = (name: string) => at('conditions', name);

/** What of what is looked for has to come together. */
export function How() {
  const { t } = useTranslation('rules');
  return (
    <Panel title={t('how')}>
      <Form.Item name={at('require')} label={t('require')}>
        <Radio.Group options={(['any', 'all'] as const).map((value) => ({ value, label: t(`requireOf.${value}`) }))} />
      </Form.Item>
      <div className={styles.pair}>
        <Form.Item name={at('window_minutes')} label={t('window')} extra={t('windowHint')}>
          <InputNumber min={0} max={1440} precision={0} suffix={t('minutes')} style={{ width: 160 }} />
        </Form.Item>
        <Form.Item name={at('least')} label={t('least')} extra={t('leastHint')}>
          <InputNumber min={1} max={100} precision={0} suffix={t('messages')} style={{ width: 160 }} />
        </Form.Item>
      </div>
      <Form.Item name={at('exclusions')} label={t('exclusions')} extra={t('exclusionsHint')}>
        <LinesField />
      </Form.Item>
    </Panel>
  );
}

/** By whom, where and when it has to be said. */
export function Circumstances() {
  const { t } = useTranslation('rules');
  const seesTags = useCan('relations:read');
  return (
    <Panel title={t('circumstances')}>
      <div className={styles.pair}>
        <Form.Item name={under('said_by')} label={t('saidBy')}>
          <Radio.Group
            options={(['staff', 'external', 'anyone'] as const).map((value) => ({
              value,
              label: t(`saidByOf.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name={under('chat')} label={t('chat')}>
          <Radio.Group
            options={(['any', 'single', 'group'] as const).map((value) => ({ value, label: t(`chatOf.${value}`) }))}
          />
        </Form.Item>
        <Form.Item
          name={under('outsiders_only')}
          label={t('outsiders')}
          extra={t('outsidersHint')}
          valuePropName="checked"
        >
          <Switch />
        </Form.Item>
        <Form.Item name={under('hours')} label={t('hours')} extra={t('hoursHint')}>
          <HoursField />
        </Form.Item>
        <Form.Item name={under('departments')} label={t('departments')} extra={t('departmentsHint')}>
          <DepartmentListField />
        </Form.Item>
        <Form.Item name={under('tags')} label={t('tags')} extra={t(seesTags ? 'tagsHint' : 'tagsUnseen')}>
          <TagListField />
        </Form.Item>
      </div>
      <Form.Item name={under('staff_excepted')} label={t('excepted')} extra={t('exceptedHint')}>
        <StaffListField />
      </Form.Item>
    </Panel>
  );
}
