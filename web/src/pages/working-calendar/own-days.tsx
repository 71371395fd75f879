import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, DatePicker, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useHoursRule } from './use-hours-rule';
import styles from './working-calendar.module.css';

/** Days of the company itself, inside the form. */
export function OwnDays() {
  const { t } = useTranslation('workingCalendar');
  return (
    <Form.List name="days">
      {(rows, { add, remove }) => (
        <>
          {rows.map(({ key, name }) => (
            <OwnDay key={key} place={name} onRemove={() => remove(name)} />
          ))}
          <Button icon={<PlusOutlined />} disabled={rows.length >= 200} onClick={() => add()}>
            {t('ownAdd')}
          </Button>
        </>
      )}
    </Form.List>
  );
}

const mostDays = 60;

function OwnDay({ place, onRemove }: { place: number; onRemove(): void }) {
  const { t } = useTranslation('workingCalendar');
  const isHours = useHoursRule();
  return (
    <div className={styles.ownFields}>
      <Form.Item
        name={[place, 'name']}
        label={t('ownName')}
        rules={[{ required: true, whitespace: true, message: t('ownNameNeeded') }]}
      >
        <Input maxLength={50} autoComplete="off" />
      </Form.Item>
      <Form.Item name={[place, 'range']} label={t('ownDays')} rules={[{ required: true, message: t('ownDaysNeeded') }]}>
        <DatePicker.RangePicker
          format="YYYY-MM-DD"
          disabledDate={(day, { from }) => from !== undefined && Math.abs(day.diff(from, 'day')) >= mostDays}
        />
      </Form.Item>
      <Form.Item name={[place, 'hours']} label={t('ownHours')} rules={[isHours]}>
        <Input placeholder={t('rest')} maxLength={120} autoComplete="off" />
      </Form.Item>
      <Button
        className={styles.remove ?? ''}
        type="text"
        icon={<DeleteOutlined />}
        aria-label={t('ownRemove')}
        title={t('ownRemove')}
        onClick={onRemove}
      />
    </div>
  );
}
