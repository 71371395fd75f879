import { Input, InputNumber, Select } from 'antd';
import type { ReactElement } from 'react';
import { ContactField, DayField, MomentField, StaffField } from '../components/form-fields';
import {
  BirthdayField,
  CategoryField,
  DictionaryField,
  ListField,
  MoneyField,
  PartsField,
  RecordPicker,
  SwitchField,
} from './inputs';
import { currencies } from './money';
import { nameKey, type RecordField, type RecordRow, type RecordType, textOf } from './types';
import type { RecordWords } from './use-record-words';

export interface FieldContext {
  type: RecordType;
  words: RecordWords;
  record: RecordRow | undefined;
}

const addressParts = ['province', 'city', 'district', 'street'];

/** Fields that want more than their type says. */
const special: Record<string, () => ReactElement> = {
  external_userid: () => <ContactField />,
  category_id: () => <CategoryField />,
  currency: () => <Select allowClear options={currencies.map((value) => ({ value, label: value }))} />,
  address: () => <PartsField parts={addressParts} />,
  business_address: () => <PartsField parts={addressParts} />,
  home_address: () => <PartsField parts={addressParts} />,
  birthday: () => <BirthdayField />,
  children_names: () => <ListField />,
};

const isAccount = ({ key, type }: RecordField): boolean => key === 'bank_account' && type === 'object';

/** Whether people can write it here; what has no editor of its own is left to the API. */
export const isEditable = (field: RecordField): boolean =>
  !field.read_only && (field.type !== 'object' || field.key in special || isAccount(field));

const textual = ({ max }: RecordField) => <Input autoComplete="off" {...(max ? { maxLength: max } : {})} />;

const byType: Record<string, (field: RecordField, context: FieldContext) => ReactElement> = {
  long_text: ({ max }) => <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} {...(max ? { maxLength: max } : {})} />,
  integer: ({ min, max }) => (
    <InputNumber
      style={{ width: '100%' }}
      precision={0}
      {...(min === null ? {} : { min })}
      {...(max === null ? {} : { max })}
    />
  ),
  money: () => <MoneyField />,
  day: () => <DayField />,
  instant: () => <MomentField />,
  boolean: () => <SwitchField />,
  choice: ({ key, choices }, { type, words }) => (
    <Select allowClear options={choices.map((value) => ({ value, label: words.choice(type, key, value) }))} />
  ),
  dictionary: ({ dictionary }) => <DictionaryField dictionary={dictionary ?? ''} />,
  staff: () => <StaffField />,
  record: ({ key, of }, { record }) => <RecordPicker of={of ?? ''} name={record ? textOf(record, nameKey(key)) : ''} />,
  phones: () => <ListField />,
};

/** The editor of a field. */
export function fieldInput(field: RecordField, context: FieldContext): ReactElement {
  if (isAccount(field)) return <PartsField parts={['number', 'bank']} />;
  return special[field.key]?.() ?? byType[field.type]?.(field, context) ?? textual(field);
}
