import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type Dictionary, type DictionaryItem } from '../../api';
import { RemoveDialog } from './remove-dialog';
import { renew, useLabel } from './use-dictionary';

interface Props {
  dictionary: Dictionary;
  item: DictionaryItem;
  onClose(): void;
}

export function RemoveItem({ dictionary, item, onClose }: Props) {
  const { t } = useTranslation('pickLists');
  const { message } = App.useApp();
  const label = useLabel();
  const remove = api.useMutation('delete', '/dictionaries/{code}/items/{item}', { onSuccess: renew });
  const others = dictionary.items.filter(({ active, code }) => active && code !== item.code);
  const { code, version } = dictionary;
  return (
    <RemoveDialog
      name={label(item)}
      hint={t('removeHint')}
      inUse={(count) => t('inUse', { count })}
      replaceLabel={t('replaceWith')}
      others={others.map((one) => ({ value: one.code, label: label(one) }))}
      onClose={onClose}
      onRemove={async (heir) => {
        const query = { version, ...(heir ? { replace_with: heir } : {}) };
        await remove.mutateAsync({ params: { path: { code, item: item.code }, query } });
        void message.success(t('removed', { name: label(item) }));
        onClose();
      }}
    />
  );
}
