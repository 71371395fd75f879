import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, invalidate } from '../../api';
import type { WorkingCalendar } from '../../api/working-calendar';
import { useFaultText } from '../../components/fault-note';
import { FormFault } from '../../components/form-fault';
import { areApart, weekdays } from './days';
import { type Fields, fieldsOf, rulesIn } from './fields';
import { OwnDays } from './own-days';
import { useHoursRule } from './use-hours-rule';
import styles from './working-calendar.module.css';

interface Props {
  calendar: WorkingCalendar;
  onClose(): void;
}

/** The whole calendar at once: it counts from now on, and the past stays as it was counted. */
export function CalendarForm({ calendar, onClose }: Props) {
  const { t } = useTranslation('workingCalendar');
  const { t: tc } = useTranslation();
  const { message } = App.useApp();
  const [fault, setFault] = useState<string>();
  const textOf = useFaultText();
  const isHours = useHoursRule();
  const change = api.useMutation('put', '/working-calendar', {
    onSuccess() {
      invalidate('/working-calendar', '/working-calendar/versions');
      void message.success(t('didChange'));
      onClose();
    },
    onError: (error: unknown) => setFault(textOf(error)),
  });
  const send = (fields: Fields) => {
    setFault(undefined);
    const rules = rulesIn(fields);
    if (weekdays.every((day) => rules.weekdays[day].length === 0)) return setFault(t('nobodyWorks'));
    if (!areApart(rules.days)) return setFault(t('ownOverlap'));
    change.mutate({ body: { ...rules, version: calendar.version } });
  };
  return (
    <Form<Fields>
      name="calendar"
      layout="vertical"
      requiredMark={false}
      initialValues={fieldsOf(calendar)}
      onFinish={send}
    >
      <p className={styles.quiet}>{t('hoursHint')}</p>
      <div className={styles.pair}>
        {weekdays.map((day) => (
          <Form.Item key={day} name={['week', day]} label={t(`day.${day}`)} rules={[isHours]}>
            <Input placeholder={t('rest')} maxLength={120} autoComplete="off" />
          </Form.Item>
        ))}
        <Form.Item name="makeUp" label={t('makeUp')} rules={[isHours]}>
          <Input placeholder={t('rest')} maxLength={120} autoComplete="off" />
        </Form.Item>
      </div>
      <h3 className={styles.heading}>{t('own')}</h3>
      <p className={styles.quiet}>{t('ownHint')}</p>
      <OwnDays />
      <FormFault text={fault} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>{tc('cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t('save')}
        </Button>
      </div>
    </Form>
  );
}
