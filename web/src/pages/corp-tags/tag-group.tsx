import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CorpTagGroup } from '../../api';
import { Cut } from '../../components/cut';
import { TimeText } from '../../components/time-text';
import styles from './corp-tags.module.css';

/** A group: its name at the left, its tags at the right; a tag leads to the contacts who carry it. */
export function TagGroup({ group }: { group: CorpTagGroup }) {
  const { t } = useTranslation('corpTags');
  return (
    <section className={styles.group}>
      <div className={styles.about}>
        <h2 className={styles.name}>
          {group.deleted_at ? (
            <del>
              <Cut text={group.name} />
            </del>
          ) : (
            <Cut text={group.name} />
          )}
        </h2>
        <div className={styles.quiet}>
          {t('tagCount', { count: group.tags.length })}
          {group.deleted_at && (
            <>
              {' · '}
              {t('deleted')} <TimeText at={group.deleted_at} />
            </>
          )}
        </div>
      </div>
      {group.tags.length === 0 ? (
        <span className={styles.quiet}>{t('noTags')}</span>
      ) : (
        <ul className={styles.tags}>
          {group.tags.map((tag) => (
            <li key={tag.tag_id} className={styles.place}>
              <Tag tag={tag} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Tag({ tag }: { tag: CorpTagGroup['tags'][number] }) {
  const { t } = useTranslation('corpTags');
  const hint = t('relationsHint', { name: tag.name, count: tag.relation_count });
  if (tag.deleted_at) {
    return (
      <span className={`${styles.tag} ${styles.gone}`} title={hint}>
        <del className={styles.word}>
          <bdi>{tag.name}</bdi>
        </del>
        <span className={styles.count}>{t('deleted')}</span>
      </span>
    );
  }
  return (
    <Link className={styles.tag} to={`/external-contacts?tag_id=${encodeURIComponent(tag.tag_id)}`} title={hint}>
      <span className={styles.word}>
        <bdi>{tag.name}</bdi>
      </span>
      <span className={styles.count}>{tag.relation_count}</span>
    </Link>
  );
}
