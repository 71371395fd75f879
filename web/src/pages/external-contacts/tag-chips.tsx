import { Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Relation } from '../../api';
import { Cut } from '../../components/cut';
import styles from './external-contacts.module.css';
import { tagKey } from './relations';

type RelationTag = Relation['tags'][number];

interface Props {
  tags: readonly RelationTag[];
  /** How many are shown before the rest is folded; all if not given. */
  most?: number;
}

/** Tags as small labels. In a table the first two, the rest on hover. */
export function TagChips({ tags, most = 2 }: Props) {
  const { t } = useTranslation('externalContacts');
  if (tags.length === 0) return <span className={styles.quiet}>–</span>;
  const rest = tags.slice(most);
  return (
    <span className={styles.chips}>
      {tags.slice(0, most).map((tag) => (
        <TagChip key={tagKey(tag)} tag={tag} />
      ))}
      {rest.length > 0 && (
        <Popover content={<AllTags tags={rest} />} placement="bottomLeft" arrow={false}>
          <span className={styles.rest}>
            <span aria-hidden>+{rest.length}</span>
            <span className={styles.spoken}>{t('more', { count: rest.length })}</span>
          </span>
        </Popover>
      )}
    </span>
  );
}

/** Every tag, on as many lines as it takes. */
export function AllTags({ tags }: { tags: readonly RelationTag[] }) {
  const { t } = useTranslation('externalContacts');
  if (tags.length === 0) return <span className={styles.quiet}>{t('noTags')}</span>;
  return (
    <span className={styles.allTags}>
      {tags.map((tag) => (
        <TagChip key={tagKey(tag)} tag={tag} />
      ))}
    </span>
  );
}

function TagChip({ tag }: { tag: RelationTag }) {
  const { t } = useTranslation('externalContacts');
  const name = tag.name ?? tag.tag_id ?? '';
  const group = tag.type === 'personal' ? t('tagGroupPersonal') : tag.group_name;
  return (
    <span className={`${styles.tag} ${tag.type === 'personal' ? styles.personal : ''}`}>
      <Cut text={group ? `${group} / ${name}` : name}>
        <bdi>{name}</bdi>
      </Cut>
    </span>
  );
}
