import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, invalidate, type WordList } from '../../api';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { Versions } from './versions';
import { WordListForm } from './word-list-form';
import styles from './word-lists.module.css';

/** One list: to be changed, and what it was before. */
export function WordListDrawer({ id }: { id: string }) {
  const path = { params: { path: { id } } };
  const { data, error, refetch } = api.useQuery('get', '/archive/word-lists/{id}', path);
  if (data) return <Opened key={data.version} list={data} />;
  return error ? <FaultNote error={error} onRetry={() => void refetch()} small /> : <Loading rows={10} />;
}

function Opened({ list }: { list: WordList }) {
  const { t } = useTranslation('wordLists');
  const { message } = App.useApp();
  // The words of an earlier version, once the reader wants them back: they count when they are saved.
  const [taken, setTaken] = useState<{ version: number; words: string[] }>();
  const { id, version } = list;
  const change = api.useMutation('put', '/archive/word-lists/{id}', {
    onSuccess: (changed) => {
      void message.success(t('changed', { version: changed.version }));
      invalidate('/archive/word-lists', '/archive/word-lists/{id}', '/archive/word-lists/{id}/versions');
    },
  });
  return (
    <div className={styles.sections}>
      <section>
        {taken && <p className={styles.taken}>{t('taken', { version: taken.version })}</p>}
        <WordListForm
          key={taken?.version ?? 'now'}
          initial={list}
          {...(taken ? { words: taken.words } : {})}
          submit={t('save')}
          onSubmit={(fields) => change.mutateAsync({ params: { path: { id } }, body: { ...fields, version } })}
        />
      </section>
      <Versions list={list} onTake={setTaken} />
    </div>
  );
}
