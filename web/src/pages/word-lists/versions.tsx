import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type ItemOf, type WordList } from '../../api';
import { useActorName } from '../../components/audit-words';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { StateTag } from '../../components/state-tag';
import { TimeText } from '../../components/time-text';
import styles from './word-lists.module.css';
import { changeBetween } from './words';

type Version = ItemOf<'/archive/word-lists/{id}/versions'>;

interface Props {
  list: WordList;
  onTake(version: Pick<Version, 'version' | 'words'>): void;
}

/** Every version with what it changed: a hit names the version that found it. */
export function Versions({ list, onTake }: Props) {
  const { t } = useTranslation('wordLists');
  const path = { params: { path: { id: list.id } } };
  const { data, error, refetch } = api.useQuery('get', '/archive/word-lists/{id}/versions', path);
  return (
    <section>
      <h3 className={styles.heading}>{t('versions')}</h3>
      {error && <FaultNote error={error} onRetry={() => void refetch()} small />}
      {!data && !error && <Loading rows={3} />}
      <ol className={styles.versions}>
        {data?.items.map((version, place) => (
          <li key={version.version} className={styles.version}>
            <OneVersion version={version} before={data.items[place + 1]} isNow={version.version === list.version} />
            {version.version !== list.version && (
              <Button
                size="small"
                aria-label={`${t('take')} ${t('versionOf', { version: version.version })}`}
                onClick={() => onTake(version)}
              >
                {t('take')}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

interface OneProps {
  version: Version;
  before: Version | undefined;
  isNow: boolean;
}

function OneVersion({ version, before, isNow }: OneProps) {
  const { t } = useTranslation('wordLists');
  const nameOf = useActorName();
  const who = version.actor === 'start' ? t('byProduct') : nameOf(version);
  return (
    <div className={styles.versionWords}>
      <div className={styles.versionHead}>
        <span>{t('versionOf', { version: version.version })}</span>
        {isNow && <StateTag tone="active">{t('now')}</StateTag>}
        <span className={styles.quiet}>
          {who} · <TimeText at={version.created_at} /> · {t('wordCount', { count: version.words.length })}
        </span>
      </div>
      {before && <Change before={before.words} after={version.words} />}
    </div>
  );
}

function Change({ before, after }: { before: string[]; after: string[] }) {
  const { t } = useTranslation('wordLists');
  const { added, removed } = changeBetween(before, after);
  const said = [
    added.length > 0 && t('added', { words: added.join(t('separator')) }),
    removed.length > 0 && t('removed', { words: removed.join(t('separator')) }),
  ].filter((text) => text !== false);
  return (
    <>
      {said.map((text) => (
        <div key={text} className={styles.change}>
          {text}
        </div>
      ))}
      {said.length === 0 && <div className={styles.quiet}>{t('sameWords')}</div>}
    </>
  );
}
