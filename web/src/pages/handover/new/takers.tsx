import { ArrowDownOutlined, ArrowUpOutlined, CloseOutlined } from '@ant-design/icons';
import { Button, Form, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useStaffName } from '../../../components/names';
import { Panel } from '../../../components/panel';
import { Person } from '../../../components/person';
import { TagListField } from '../../external-contacts/tag-filter';
import { nameIn, useDepartments } from '../../staff/use-departments';
import { TakerSelect } from '../parts/taker-select';
import { moved, type Taker } from './draft';
import styles from './new.module.css';
import type { SectionProps } from './new-page';

/** Who takes over: named one by one, in order, or whole departments. */
export function Takers({ draft: { takers, givers, departments }, change }: SectionProps) {
  const { t } = useTranslation('handoverPlans');
  const set = (place: number, part: Partial<Taker>) =>
    change({ takers: takers.map((one, at) => (at === place ? { ...one, ...part } : one)) });
  return (
    <Panel title={t('takersTitle')}>
      <p className={styles.hint}>{t('takersHint')}</p>
      {takers.length > 0 && (
        <div className={styles.takers}>
          <div className={styles.takerHead}>
            <span>{t('to')}</span>
            <span>{t('capacity')}</span>
            <span>{t('takes')}</span>
          </div>
          {takers.map((taker, place) => (
            <TakerRow
              key={taker.userid}
              taker={taker}
              isFirst={place === 0}
              isLast={place === takers.length - 1}
              onChange={(part) => set(place, part)}
              onMove={(by) => change({ takers: moved(takers, place, by) })}
              onRemove={() => change({ takers: takers.filter((one) => one !== taker) })}
            />
          ))}
        </div>
      )}
      <Form.Item label={t('addTaker')} htmlFor="add-taker" className={styles.tight ?? ''}>
        <TakerSelect
          id="add-taker"
          except={[...givers, ...takers.map(({ userid }) => userid)]}
          onChoose={(userid) => change({ takers: [...takers, { userid, capacity: null, takes: [] }] })}
        />
      </Form.Item>
      <Form.Item
        label={t('departmentsField')}
        htmlFor="taker-departments"
        extra={t('departmentsHint')}
        className={styles.tight ?? ''}
      >
        <DepartmentSelect value={departments} onChange={(next) => change({ departments: next })} />
      </Form.Item>
    </Panel>
  );
}

interface RowProps {
  taker: Taker;
  isFirst: boolean;
  isLast: boolean;
  onChange(part: Partial<Taker>): void;
  onMove(by: 1 | -1): void;
  onRemove(): void;
}

function TakerRow({ taker: { userid, capacity, takes }, isFirst, isLast, onChange, onMove, onRemove }: RowProps) {
  const { t } = useTranslation('handoverPlans');
  const name = useStaffName(userid);
  const act = (label: string, icon: React.ReactNode, onClick: () => void, disabled = false) => (
    <Button
      type="text"
      size="small"
      aria-label={label}
      title={label}
      icon={icon}
      disabled={disabled}
      onClick={onClick}
    />
  );
  return (
    <div className={styles.taker}>
      <Person id={userid} name={name} />
      <InputNumber<number>
        aria-label={`${t('capacity')} ${name}`}
        min={0}
        max={50_000}
        precision={0}
        placeholder={t('noLimit')}
        value={capacity}
        style={{ width: '100%' }}
        onChange={(next) => onChange({ capacity: next })}
      />
      <TagListField label={`${t('takes')} ${name}`} value={takes} onChange={(next) => onChange({ takes: next })} />
      <span className={styles.acts}>
        {act(t('up', { name }), <ArrowUpOutlined />, () => onMove(-1), isFirst)}
        {act(t('down', { name }), <ArrowDownOutlined />, () => onMove(1), isLast)}
        {act(t('takeAway', { name }), <CloseOutlined />, onRemove)}
      </span>
    </div>
  );
}

function DepartmentSelect({ value, onChange }: { value: number[]; onChange(next: number[]): void }) {
  const { t, i18n } = useTranslation('handoverPlans');
  const { data, isFetching } = useDepartments();
  const options = (data ?? [])
    .filter(({ deleted_at }) => !deleted_at)
    .map((one) => ({ value: one.id, label: nameIn(one, i18n.language) ?? String(one.id) }));
  return (
    <Select
      id="taker-departments"
      mode="multiple"
      showSearch={{ optionFilterProp: 'label' }}
      style={{ width: '100%' }}
      placeholder={t('pickDepartments')}
      loading={isFetching}
      value={value}
      options={options}
      onChange={onChange}
    />
  );
}
