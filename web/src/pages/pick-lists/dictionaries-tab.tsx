import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api } from '../../api';
import { Cut } from '../../components/cut';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { Note } from '../../components/note';
import { Panel } from '../../components/panel';
import { OneDictionary } from './one-dictionary';
import styles from './pick-lists.module.css';
import { useLabel } from './use-dictionary';

const intoSight = (choice: HTMLButtonElement | null) => choice?.scrollIntoView({ block: 'nearest' });
const all = { params: { query: { limit: 200 } } };

/** Every pick list, and the items of one. */
export function DictionariesTab() {
  const { t, i18n } = useTranslation('pickLists');
  const label = useLabel();
  const [params, setParams] = useSearchParams();
  const [text, setText] = useState('');
  const { data, error, refetch } = api.useQuery('get', '/dictionaries', all);
  if (!data) {
    return <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} /> : <Loading rows={10} />}</Panel>;
  }
  const sorted = [...data.items].sort((one, other) => label(one).localeCompare(label(other), i18n.language));
  const shown = sorted.filter((one) => label(one).toLowerCase().includes(text.trim().toLowerCase()));
  const open = data.items.find(({ code }) => code === params.get('dictionary')) ?? sorted[0];
  return (
    <div className={styles.columns}>
      <Panel className={styles.list} title={t('dictionaries')} flush>
        <div className={styles.search}>
          <Input
            prefix={<SearchOutlined aria-hidden />}
            allowClear
            placeholder={t('search')}
            aria-label={t('search')}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
        {shown.length === 0 && <Note small>{t('noMatch', { text })}</Note>}
        <ul className={styles.lists}>
          {shown.map((dictionary) => (
            <li key={dictionary.code}>
              <button
                ref={dictionary.code === open?.code ? intoSight : undefined}
                type="button"
                className={styles.choice}
                aria-current={dictionary.code === open?.code}
                onClick={() => setParams({ dictionary: dictionary.code })}
              >
                <Cut text={label(dictionary)} />
                <span>{dictionary.active}</span>
              </button>
            </li>
          ))}
        </ul>
      </Panel>
      {open && <OneDictionary key={open.code} code={open.code} />}
    </div>
  );
}
