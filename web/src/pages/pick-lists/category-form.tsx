import { App, Form, Input, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type Category } from '../../api';
import { ColorField } from './color-field';
import type { Color } from './colors';
import { FormDialog } from './form-dialog';
import { branchOf, type CategoryKind, deepest, renewTree, sent } from './use-tree';

interface Fields {
  name: string;
  /** Empty: at the top. */
  parent_id: string;
  color?: Color | null | undefined;
  active: boolean;
}

interface Props {
  kind: CategoryKind;
  all: Category[];
  /** Left out for a new one. */
  category?: Category;
  /** Of a new one. */
  parent?: string | null;
  onClose(): void;
}

/** A new category, or one that is changed or moved. */
export function CategoryForm({ kind, all, category, parent = null, onClose }: Props) {
  const { t } = useTranslation('pickLists');
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const add = api.useMutation('post', '/categories', { onSuccess: renewTree });
  const change = api.useMutation('put', '/categories/{id}', { onSuccess: renewTree });
  const send = async ({ parent_id, color, ...fields }: Fields) => {
    const body = { ...fields, parent_id: parent_id || null, color: color ?? null };
    if (category) {
      const { id } = category;
      await change.mutateAsync({ params: { path: { id } }, body: { ...sent(category), ...body } });
    } else await add.mutateAsync({ body: { ...body, kind } });
    void message.success(category ? t('saved') : t('added', { name: fields.name }));
    onClose();
  };
  const start = category ?? { name: '', parent_id: parent, color: undefined, active: true };
  return (
    <FormDialog
      title={t(category ? 'editCategory' : 'addCategory')}
      form={form}
      initial={{ ...start, parent_id: start.parent_id ?? '' }}
      names={['name', 'parent_id', 'color', 'active']}
      submit={t(category ? 'save' : 'addCategory')}
      onClose={onClose}
      onSubmit={send}
    >
      <Form.Item name="name" label={t('name')}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="parent_id" label={t('parent')} extra={t('parentHint')}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={useParents(all, category)} />
      </Form.Item>
      <ColorField />
      <Form.Item name="active" label={t('active')} extra={t('activeHint')} valuePropName="checked">
        <Switch disabled={category?.is_default === true} />
      </Form.Item>
    </FormDialog>
  );
}

/** Where it may stand: not under itself, and not below the last level. */
function useParents(all: Category[], category: Category | undefined) {
  const { t } = useTranslation('pickLists');
  const own = category ? branchOf(all, category.id) : new Set<string>();
  const possible = all.filter(({ id, level }) => level < deepest && !own.has(id));
  return [
    { value: '', label: t('top') },
    ...possible.map(({ id, name, level }) => ({ value: id, label: `${'　'.repeat(level - 1)}${name}` })),
  ];
}
