import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type Dictionary, type DictionaryItem, invalidate } from '../../api';
import { useFaultText } from '../../components/fault-note';

export const dictionaryPath = (code: string) => ({ params: { path: { code } } });
export const renew = () => invalidate('/dictionaries', '/dictionaries/{code}');

/** An item as it may be sent back. */
export const sent = ({ position: _, ...item }: DictionaryItem) => item;

/** The name of anything with labels, in the reader's language. */
export function useLabel(): (labelled: { label_zh: string; label_en: string }) => string {
  const { i18n } = useTranslation();
  return ({ label_zh, label_en }) => (i18n.language === 'zh-CN' ? label_zh : label_en || label_zh);
}

/** Changes a dictionary as a whole: its name, or the order of its items. */
export function useChange(dictionary: Dictionary) {
  const { message } = App.useApp();
  const faultText = useFaultText();
  const put = api.useMutation('put', '/dictionaries/{code}', { onSettled: renew });
  const { code, label_zh, label_en, version } = dictionary;
  const change = (to: { label_zh?: string; label_en?: string; items?: DictionaryItem[] }) => {
    const items = (to.items ?? dictionary.items).map(sent);
    return put.mutateAsync({ ...dictionaryPath(code), body: { label_zh, label_en, version, ...to, items } });
  };
  return {
    change,
    isPending: put.isPending,
    /** By one place. */
    move(item: DictionaryItem, by: 1 | -1) {
      const at = dictionary.items.indexOf(item);
      const rest = dictionary.items.filter((one) => one !== item);
      change({ items: rest.toSpliced(at + by, 0, item) }).catch((error) => void message.error(faultText(error)));
    },
  };
}
