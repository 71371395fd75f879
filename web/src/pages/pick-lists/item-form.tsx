import { App, Form, Input, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type Dictionary, type DictionaryItem } from '../../api';
import { ColorField } from './color-field';
import type { Color } from './colors';
import { FormDialog } from './form-dialog';
import styles from './pick-lists.module.css';
import { dictionaryPath, renew, useLabel } from './use-dictionary';

interface Fields extends Pick<DictionaryItem, 'code' | 'label_zh' | 'label_en' | 'active' | 'is_default'> {
  color?: Color | undefined;
  new_default?: string | undefined;
}

interface Props {
  dictionary: Dictionary;
  /** Left out for a new one. */
  item?: DictionaryItem;
  onClose(): void;
}

const blank: Fields = { code: '', label_zh: '', label_en: '', active: true, is_default: false };
const names = ['code', 'label_zh', 'label_en', 'color', 'active', 'is_default', 'new_default'];

/** A new item, or one that is changed. */
export function ItemForm({ dictionary, item, onClose }: Props) {
  const { t } = useTranslation('pickLists');
  const [form] = Form.useForm<Fields>();
  const send = useSend(dictionary, item, onClose);
  const isActive = Form.useWatch('active', form) ?? true;
  const needsHeir = item?.is_default === true && !isActive;
  return (
    <FormDialog
      title={t(item ? 'editItem' : 'addItem')}
      form={form}
      initial={item ? { ...item, color: item.extra.color } : blank}
      names={names}
      submit={t(item ? 'save' : 'addItem')}
      onClose={onClose}
      onSubmit={send}
    >
      <Form.Item name="label_zh" label={t('name')}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="label_en" label={t('nameEn')} extra={t('nameEnHint')}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="code" label={t('code')} extra={t(item ? 'codeFixed' : 'codeHint')}>
        <Input maxLength={40} autoComplete="off" disabled={item !== undefined} />
      </Form.Item>
      <ColorField />
      <div className={styles.switches}>
        <Form.Item name="active" label={t('active')} extra={t('activeHint')} valuePropName="checked">
          <Switch />
        </Form.Item>
        <Form.Item name="is_default" label={t('isDefault')} extra={t('isDefaultHint')} valuePropName="checked">
          <Switch disabled={!isActive} />
        </Form.Item>
      </div>
      {needsHeir && <Heir dictionary={dictionary} item={item} />}
    </FormDialog>
  );
}

function Heir({ dictionary, item }: { dictionary: Dictionary; item: DictionaryItem }) {
  const { t } = useTranslation('pickLists');
  const label = useLabel();
  const others = dictionary.items.filter(({ active, code }) => active && code !== item.code);
  return (
    <Form.Item name="new_default" label={t('newDefault')} rules={[{ required: true, message: t('newDefaultNeeded') }]}>
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        options={others.map((one) => ({ value: one.code, label: label(one) }))}
      />
    </Form.Item>
  );
}

/** Sends what was typed, to make an item or to change one. */
function useSend({ code: dictionary, version }: Dictionary, item: DictionaryItem | undefined, onClose: () => void) {
  const { t } = useTranslation('pickLists');
  const { message } = App.useApp();
  const add = api.useMutation('post', '/dictionaries/{code}/items', { onSuccess: renew });
  const change = api.useMutation('put', '/dictionaries/{code}/items/{item}', { onSuccess: renew });
  return async (fields: Fields) => {
    const body = { ...bodyOf(fields, item), version };
    if (item) {
      await change.mutateAsync({ params: { path: { code: dictionary, item: item.code } }, body });
    } else {
      const { new_default: _, ...made } = body;
      await add.mutateAsync({ ...dictionaryPath(dictionary), body: made });
    }
    void message.success(item ? t('saved') : t('added', { name: fields.label_zh }));
    onClose();
  };
}

/** What is off is no default; the colour stands beside whatever else the item has. */
function bodyOf({ color, new_default, is_default, ...fields }: Fields, item: DictionaryItem | undefined) {
  const { color: _, ...extra } = item?.extra ?? {};
  const heir = new_default && !fields.active ? { new_default } : {};
  return {
    ...{ ...fields, ...heir, is_default: is_default && fields.active },
    extra: color ? { ...extra, color } : extra,
  };
}
