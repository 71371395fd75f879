import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type Category } from '../../api';
import { RemoveDialog } from './remove-dialog';
import { renewTree } from './use-tree';

interface Props {
  all: Category[];
  category: Category;
  onClose(): void;
}

export function RemoveCategory({ all, category, onClose }: Props) {
  const { t } = useTranslation('pickLists');
  const { message } = App.useApp();
  const remove = api.useMutation('delete', '/categories/{id}', { onSuccess: renewTree });
  const { id, name, version } = category;
  const others = all.filter((one) => one.active && one.id !== id);
  return (
    <RemoveDialog
      name={name}
      hint={t('categoryRemoveHint')}
      inUse={(count) => t('categoryInUse', { count })}
      replaceLabel={t('categoryReplace')}
      others={others.map((one) => ({ value: one.id, label: `${'　'.repeat(one.level - 1)}${one.name}` }))}
      onClose={onClose}
      onRemove={async (heir) => {
        const query = { version, ...(heir ? { replace_with: heir } : {}) };
        await remove.mutateAsync({ params: { path: { id }, query } });
        void message.success(t('removed', { name }));
        onClose();
      }}
    />
  );
}
