import { PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Dictionary, type DictionaryItem, useCan } from '../../api';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { Panel } from '../../components/panel';
import { FormDialog } from './form-dialog';
import { GradesForm } from './grades-form';
import { ItemForm } from './item-form';
import { ItemTable } from './item-table';
import styles from './pick-lists.module.css';
import { RemoveItem } from './remove-item';
import { dictionaryPath, useChange, useLabel } from './use-dictionary';

/** What stands open above the table. */
type Open = { what: 'add' | 'rename' | 'grades' } | { what: 'edit' | 'remove'; item: DictionaryItem };

export function OneDictionary({ code }: { code: string }) {
  const { data, error, refetch } = api.useQuery('get', '/dictionaries/{code}', dictionaryPath(code));
  if (data) return <Opened dictionary={data} />;
  return <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} /> : <Loading rows={10} />}</Panel>;
}

function Opened({ dictionary }: { dictionary: Dictionary }) {
  const { t } = useTranslation('pickLists');
  const label = useLabel();
  const mayChange = useCan('crm:configure');
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const { items } = dictionary;
  const active = items.filter((item) => item.active).length;
  return (
    <Panel
      flush
      title={
        <span className={styles.head}>
          {label(dictionary)}
          <span className={styles.quiet}>{t('activeOf', { active, items: items.length })}</span>
        </span>
      }
      extra={mayChange && <Buttons code={dictionary.code} onOpen={(what) => setOpen({ what })} />}
    >
      <ItemTable
        dictionary={dictionary}
        mayChange={mayChange}
        onEdit={(item) => setOpen({ what: 'edit', item })}
        onRemove={(item) => setOpen({ what: 'remove', item })}
      />
      {open?.what === 'add' && <ItemForm dictionary={dictionary} onClose={close} />}
      {open?.what === 'edit' && <ItemForm dictionary={dictionary} item={open.item} onClose={close} />}
      {open?.what === 'remove' && <RemoveItem dictionary={dictionary} item={open.item} onClose={close} />}
      {open?.what === 'rename' && <RenameForm dictionary={dictionary} onClose={close} />}
      {open?.what === 'grades' && <GradesForm dictionary={dictionary} onClose={close} />}
    </Panel>
  );
}

function Buttons({ code, onOpen }: { code: string; onOpen(what: 'add' | 'rename' | 'grades'): void }) {
  const { t } = useTranslation('pickLists');
  return (
    <span className={styles.head}>
      {code === 'activity_grade' && <Button onClick={() => onOpen('grades')}>{t('grades')}</Button>}
      <Button onClick={() => onOpen('rename')}>{t('rename')}</Button>
      <Button type="primary" icon={<PlusOutlined />} onClick={() => onOpen('add')}>
        {t('addItem')}
      </Button>
    </span>
  );
}

type Names = Pick<Dictionary, 'label_zh' | 'label_en'>;

function RenameForm({ dictionary, onClose }: { dictionary: Dictionary; onClose(): void }) {
  const { t } = useTranslation('pickLists');
  const [form] = Form.useForm<Names>();
  const { change } = useChange(dictionary);
  const { label_zh, label_en } = dictionary;
  return (
    <FormDialog
      title={t('rename')}
      form={form}
      initial={{ label_zh, label_en }}
      names={['label_zh', 'label_en']}
      submit={t('save')}
      onClose={onClose}
      onSubmit={(names) => change(names).then(onClose)}
    >
      <Form.Item name="label_zh" label={t('name')}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="label_en" label={t('nameEn')}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
    </FormDialog>
  );
}
