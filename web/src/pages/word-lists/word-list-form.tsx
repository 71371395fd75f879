import { Button, Form, Input, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WordList } from '../../api';
import { FormFault } from '../../components/form-fault';
import { useFormFault } from '../../components/use-form-fault';
import styles from './word-lists.module.css';
import { categories, wordsIn } from './words';

export type WordListFields = Pick<WordList, 'name' | 'category' | 'enabled' | 'words'>;
type Typed = Omit<WordListFields, 'words'> & { words: string };

interface Props {
  initial: WordListFields;
  /** Stand in the form in the place of those of `initial`: a change that is not saved yet. */
  words?: string[];
  submit: string;
  onCancel?: () => void;
  /** Rejects with a fault. */
  onSubmit(fields: WordListFields): Promise<unknown>;
}

const names = ['name', 'category', 'enabled', 'words'];
const most = 5_000;

/** Name, category and words: the same for a new list and for a change. */
export function WordListForm({ initial, words: given = initial.words, submit, onCancel, onSubmit }: Props) {
  const { t } = useTranslation('wordLists');
  const { t: tc } = useTranslation();
  const [form] = Form.useForm<Typed>();
  const [fault, setFault] = useState<string>();
  const [pending, setPending] = useState(false);
  const faultOf = useFormFault(form, names);
  const { name, category, enabled } = initial;
  const start: Typed = { name, category, enabled, words: given.join('\n') };
  const typed: Partial<Typed> = Form.useWatch([], form) ?? start;
  const words = wordsIn(typed.words ?? '');
  const changed = JSON.stringify({ ...start, ...typed, words }) !== JSON.stringify({ ...start, words: initial.words });
  const send = async (fields: Typed) => {
    setPending(true);
    setFault(undefined);
    await onSubmit({ ...fields, words }).catch((error: unknown) => setFault(faultOf(error)));
    setPending(false);
  };
  return (
    <Form form={form} layout="vertical" requiredMark={false} initialValues={start} onFinish={(all) => void send(all)}>
      <Form.Item name="name" label={t('name')}>
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
      <Form.Item name="category" label={t('category')}>
        <Select options={categories.map((value) => ({ value, label: t(`categoryOf.${value}`) }))} />
      </Form.Item>
      <Form.Item name="words" label={t('wordsCounted', { count: words.length, most })} extra={t('wordsHint')}>
        <Input.TextArea autoSize={{ minRows: 6, maxRows: 16 }} spellCheck={false} autoComplete="off" />
      </Form.Item>
      <Form.Item name="enabled" label={t('enabled')} extra={t('enabledHint')} valuePropName="checked">
        <Switch />
      </Form.Item>
      <FormFault text={fault} />
      <div className={styles.buttons}>
        {onCancel && <Button onClick={onCancel}>{tc('cancel')}</Button>}
        <Button
          type="primary"
          htmlType="submit"
          loading={pending}
          disabled={!changed || !typed.name?.trim() || words.length === 0}
        >
          {submit}
        </Button>
      </div>
    </Form>
  );
}
