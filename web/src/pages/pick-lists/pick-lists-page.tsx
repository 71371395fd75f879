import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { PageHeader } from '../../components/page-header';
import { CategoriesTab } from './categories-tab';
import { DictionariesTab } from './dictionaries-tab';
import { NumbersTab } from './numbers-tab';

const tabs = { dictionaries: DictionariesTab, categories: CategoriesTab, numbers: NumbersTab };
const keys = ['dictionaries', 'categories', 'numbers'] as const;

/** What the company words itself: the choices of every pick list, its trees of categories, and its numbers. */
export function PickListsPage() {
  const { t } = useTranslation('pickLists');
  const [params, setParams] = useSearchParams();
  const tab = keys.find((key) => key === params.get('tab')) ?? 'dictionaries';
  const Shown = tabs[tab];
  return (
    <>
      <PageHeader title={t('title')} note={t('note')} />
      <Tabs
        activeKey={tab}
        onChange={(next) => setParams(next === 'dictionaries' ? {} : { tab: next })}
        items={keys.map((key) => ({ key, label: t(`tab.${key}`) }))}
      />
      <Shown />
    </>
  );
}
