import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { ChatSelect, ContactSelect, StaffListSelect, StaffSelect } from './query-table';

/** What a form item hands to the field inside it. */
interface Given<T> {
  id?: string;
  value?: T;
  onChange?(next: T | undefined): void;
}

export const StaffField = ({ id, value, onChange }: Given<string>) => (
  <StaffSelect id={id} value={value} onChange={(next) => onChange?.(next)} wide />
);

export const StaffListField = ({ id, value = [], onChange }: Given<string[]>) => (
  <StaffListSelect id={id} value={value} onChange={(next) => onChange?.(next)} />
);

export const ContactField = ({ id, value, onChange }: Given<string>) => (
  <ContactSelect id={id} value={value} onChange={(next) => onChange?.(next)} />
);

export const ChatField = ({ id, value, onChange }: Given<string>) => (
  <ChatSelect id={id} value={value} onChange={(next) => onChange?.(next)} />
);

/** A minute in the reader's zone; its value is the instant. */
export const MomentField = ({ id, value, onChange }: Given<string>) => (
  <DatePicker
    {...(id ? { id } : {})}
    style={{ width: '100%' }}
    showTime={{ format: 'HH:mm' }}
    format="YYYY-MM-DD HH:mm"
    value={value ? dayjs(value) : null}
    onChange={(moment) => onChange?.(moment ? moment.toISOString() : undefined)}
  />
);

/** A day from today on; its value is the instant at which it ends, in the reader's zone. */
export const EndField = ({ id, value, onChange }: Given<string>) => (
  <DatePicker
    {...(id ? { id } : {})}
    value={value ? dayjs(value) : null}
    format="YYYY-MM-DD"
    disabledDate={(day) => day.isBefore(dayjs(), 'day')}
    onChange={(day) => onChange?.(day ? day.endOf('day').toISOString() : undefined)}
  />
);

/** A day of the calendar, the same in every zone: 2025-11-20. */
export const DayField = ({ id, value, onChange }: Given<string>) => (
  <DatePicker
    {...(id ? { id } : {})}
    style={{ width: '100%' }}
    value={value ? dayjs(value) : null}
    format="YYYY-MM-DD"
    onChange={(day) => onChange?.(day ? day.format('YYYY-MM-DD') : undefined)}
  />
);
