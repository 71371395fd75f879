import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormFault } from '../components/form-fault';
import { fieldInput, isEditable } from './field-input';
import styles from './records.module.css';
import { fieldsBySection, isShort, type Section } from './sections';
import type { RecordField, RecordRow, RecordType, Values } from './types';
import { useRecordWords } from './use-record-words';
import { useSave } from './use-save';

interface Props {
  type: RecordType;
  /** What is changed; without it one is made. */
  record?: RecordRow;
  /** Of a new one: what it begins with. */
  initial?: Values;
  /** Only these; all, the long ones behind a click, when not given. */
  only?: readonly Section[];
  onDone(record: RecordRow): void;
  onCancel(): void;
}

/** The form of any record, made from what the server says of its type. */
export function RecordForm({ type, record, initial, only, onDone, onCancel }: Props) {
  const { t } = useTranslation('records');
  const { t: tc } = useTranslation();
  const [form] = Form.useForm<Values>();
  const fields = type.fields.filter((field) => isEditable(field) && !record?.masked.includes(field.key));
  const groups = fieldsBySection(type, fields).filter(([section]) => only?.includes(section) ?? true);
  const save = useSave({ type, form, record, fields: groups.flatMap(([, found]) => found), onDone });
  const [isLong, setIsLong] = useState(false);
  const showsAll = isLong || only !== undefined || save.hasFault;
  const shown = groups.filter(([section]) => showsAll || isShort(section));
  return (
    <Form<Values>
      name={type.key}
      form={form}
      layout="vertical"
      initialValues={record ?? initial ?? {}}
      onFinish={save.send}
      scrollToFirstError
      className={styles.form ?? ''}
    >
      {shown.map(([section, found]) => (
        <FormSection key={section} section={section} fields={found} type={type} record={record} />
      ))}
      {shown.length < groups.length && (
        <Button type="link" className={styles.more ?? ''} onClick={() => setIsLong(true)}>
          {t('moreFields')}
        </Button>
      )}
      <div className={styles.foot}>
        {save.isStale && (
          <Alert
            type="warning"
            showIcon
            title={t('stale')}
            description={t('staleHint')}
            action={<Button onClick={save.readAgain}>{t('readAgain')}</Button>}
          />
        )}
        {save.isDuplicate && <Reason name={type.key} />}
        <FormFault text={save.fault} />
        <div className={styles.buttons}>
          <Button onClick={onCancel}>{tc('cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {save.isDuplicate ? t('createAnyway') : record ? t('save') : t('create')}
          </Button>
        </div>
      </div>
    </Form>
  );
}

/** There seems to be one already: made all the same it says why, for whoever looks later. */
function Reason({ name }: { name: string }) {
  const { t } = useTranslation('records');
  return (
    <Form.Item
      name="duplicate_reason"
      label={t('duplicateReason')}
      rules={[{ required: true, whitespace: true, message: t('duplicateReasonNeeded') }]}
    >
      <Input id={`${name}_duplicate_reason`} maxLength={200} autoComplete="off" />
    </Form.Item>
  );
}

interface SectionProps {
  section: Section;
  fields: RecordField[];
  type: RecordType;
  record: RecordRow | undefined;
}

function FormSection({ section, fields, type, record }: SectionProps) {
  const { t } = useTranslation('records');
  const words = useRecordWords();
  return (
    <section aria-label={t(`section.${section}`)}>
      <h3 className={styles.heading}>{t(`section.${section}`)}</h3>
      <div className={styles.grid}>
        {fields.map((field) => (
          <Form.Item
            key={field.key}
            name={field.key}
            label={words.field(type, field.key)}
            className={isWide(field) ? (styles.wide ?? '') : ''}
            rules={field.required ? [{ required: true, whitespace: true, message: t('needed') }] : []}
          >
            {fieldInput(field, { type, words, record })}
          </Form.Item>
        ))}
      </div>
    </section>
  );
}

const isWide = ({ key, type }: RecordField): boolean =>
  key === 'name' || ['long_text', 'object', 'phones'].includes(type);
