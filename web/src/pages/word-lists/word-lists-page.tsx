import { useTranslation } from 'react-i18next';
import { type WordList, wholeListOf } from '../../api';
import { Cut } from '../../components/cut';
import { PageHeader } from '../../components/page-header';
import { type QueryColumn, QueryTable } from '../../components/query-table';
import { StateTag } from '../../components/state-tag';
import { TimeText } from '../../components/time-text';
import { CreateWordList } from './create-word-list';
import { ScanHistory } from './scan-history';
import { WordListDrawer } from './word-list-drawer';
import styles from './word-lists.module.css';
import { categories, isStarter } from './words';

const source = wholeListOf<'/archive/word-lists', 'q' | 'category' | 'enabled'>(
  '/archive/word-lists',
  (list, { q, category, enabled }) =>
    (!q || [list.name, ...list.words].some((text) => text.toLowerCase().includes(q.toLowerCase()))) &&
    (!category || list.category === category) &&
    (!enabled || String(list.enabled) === enabled),
);

/** The words that messages are looked through for, as they come. */
export function WordListsPage() {
  const { t } = useTranslation('wordLists');
  return (
    <>
      <PageHeader title={t('title')} note={t('note')} actions={<ScanHistory />} />
      <QueryTable
        id="word-lists"
        source={source}
        rowKey={({ id }) => id}
        search={{ key: 'q', placeholder: t('search') }}
        filters={[
          {
            kind: 'choice',
            key: 'category',
            label: t('category'),
            options: categories.map((value) => ({ value, label: t(`categoryOf.${value}`) })),
          },
          {
            kind: 'choice',
            key: 'enabled',
            label: t('state'),
            options: (['true', 'false'] as const).map((value) => ({ value, label: t(`enabledOf.${value}`) })),
          },
        ]}
        columns={useColumns()}
        extra={<CreateWordList />}
        drawer={{
          width: 640,
          title: (_, list) => list?.name ?? t('one'),
          content: (id) => <WordListDrawer key={id} id={id} />,
        }}
        empty={{ title: t('empty'), hint: t('emptyHint') }}
      />
    </>
  );
}

function useColumns(): QueryColumn<WordList>[] {
  const { t } = useTranslation('wordLists');
  return [
    { key: 'name', title: t('name'), width: 260, render: (list) => <Name list={list} /> },
    { key: 'category', title: t('category'), width: 180, render: ({ category }) => t(`categoryOf.${category}`) },
    { key: 'state', title: t('state'), width: 110, render: (list) => <EnabledTag list={list} /> },
    {
      key: 'count',
      title: t('count'),
      width: 90,
      align: 'right',
      render: ({ words }) => words.length.toLocaleString(),
    },
    { key: 'words', title: t('words'), render: ({ words }) => <Cut text={words.slice(0, 40).join(t('separator'))} /> },
    { key: 'version', title: t('version'), width: 90, align: 'right', render: ({ version }) => version },
    { key: 'updated_at', title: t('updatedAt'), width: 130, render: ({ updated_at }) => <TimeText at={updated_at} /> },
  ];
}

function Name({ list }: { list: WordList }) {
  const { t } = useTranslation('wordLists');
  return (
    <span className={styles.name}>
      <Cut text={list.name} />
      {isStarter(list) && (
        <span className={styles.quiet} title={t('starterHint')}>
          {t('starter')}
        </span>
      )}
    </span>
  );
}

function EnabledTag({ list: { enabled } }: { list: WordList }) {
  const { t } = useTranslation('wordLists');
  return <StateTag tone={enabled ? 'active' : 'neutral'}>{t(`enabledOf.${enabled}`)}</StateTag>;
}
