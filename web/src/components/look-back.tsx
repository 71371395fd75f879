import { Button, DatePicker, Form } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { dayOf } from '../lib/time';
import { useFaultText } from './fault-note';
import { FormFault } from './form-fault';

interface Range {
  range: [Dayjs, Dayjs];
}

interface Props {
  submit: string;
  isPending: boolean;
  /** What was thrown when it was last begun. */
  error: unknown;
  /** From the first instant on, before the second. */
  onStart(range: { from: string; to: string }): void;
}

/** Days whose messages are looked at again; days of the reader's zone. */
export function LookBack({ submit, isPending, error, onStart }: Props) {
  const { t } = useTranslation();
  const textOfFault = useFaultText();
  const today = dayjs();
  const back = (days: number): [Dayjs, Dayjs] => [today.subtract(days - 1, 'day'), today];
  const send = ({ range: [from, to] }: Range) =>
    onStart({ from: from.startOf('day').toISOString(), to: to.add(1, 'day').startOf('day').toISOString() });
  return (
    <Form<Range> layout="vertical" requiredMark={false} initialValues={{ range: back(30) }} onFinish={send}>
      <Form.Item name="range" label={t('messageDays')}>
        <DatePicker.RangePicker
          allowClear={false}
          format="YYYY-MM-DD"
          disabledDate={(day) => day.isAfter(today, 'day')}
          presets={[7, 30, 90, 365].map((days) => ({ label: t('lastDays', { count: days }), value: back(days) }))}
        />
      </Form.Item>
      <FormFault text={error ? textOfFault(error) : undefined} />
      <Button type="primary" htmlType="submit" loading={isPending}>
        {submit}
      </Button>
    </Form>
  );
}

/** Days of the reader's zone; the end of a range is not in it. */
export const daysText = (from: string, to: string): string =>
  from && to ? `${dayOf(from)} – ${dayOf(new Date(Date.parse(to) - 1).toISOString())}` : '–';
