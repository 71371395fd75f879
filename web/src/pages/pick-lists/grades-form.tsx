import { App, Form, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Dictionary, DictionaryItem } from '../../api';
import { FormDialog } from './form-dialog';
import { withStarts } from './grades';
import styles from './pick-lists.module.css';
import { useChange, useLabel } from './use-dictionary';

type Starts = Record<string, number | null>;

/** Where each grade of activity begins; where it ends follows from the next one. */
export function GradesForm({ dictionary, onClose }: { dictionary: Dictionary; onClose(): void }) {
  const { t } = useTranslation('pickLists');
  const { message } = App.useApp();
  const label = useLabel();
  const [form] = Form.useForm<Starts>();
  const { change } = useChange(dictionary);
  const grades = dictionary.items.filter(({ active }) => active);
  const send = async (starts: Starts) => {
    await change({ items: withStarts(dictionary.items, starts) });
    void message.success(t('saved'));
    onClose();
  };
  return (
    <FormDialog
      title={t('grades')}
      form={form}
      initial={Object.fromEntries(grades.map(startOf))}
      names={[]}
      submit={t('save')}
      width={400}
      onClose={onClose}
      onSubmit={send}
    >
      <p className={styles.quiet} style={{ marginBottom: 16 }}>
        {t('gradesHint')}
      </p>
      {grades.map((grade) => (
        <Form.Item
          key={grade.code}
          name={grade.code}
          label={t('gradeFrom', { name: label(grade) })}
          rules={[{ required: true, message: t('gradesOrder') }]}
        >
          <InputNumber min={0} max={99_999} precision={0} style={{ width: '100%' }} />
        </Form.Item>
      ))}
    </FormDialog>
  );
}

const startOf = ({ code, extra }: DictionaryItem): [string, number | null] => [code, extra.from ?? null];
