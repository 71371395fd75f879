import { useTranslation } from 'react-i18next';
import { JsonView } from '../../components/json-view';
import styles from './sync.module.css';

type Change = [before: unknown, after: unknown];

/** Field by field, our copy beside WeCom; a detail of another shape is shown as it is. */
export function DifferenceDetail({ detail }: { detail: unknown }) {
  const { t } = useTranslation('sync');
  const changes = changesOf(detail);
  if (!changes) return <JsonView value={detail} />;
  return (
    <table className={styles.changes}>
      <thead>
        <tr>
          <th scope="col">{t('field')}</th>
          <th scope="col">{t('before')}</th>
          <th scope="col">{t('after')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(([field, [before, after]]) => (
          <tr key={field}>
            <th scope="row">
              <code>{field}</code>
            </th>
            <td>{textOf(before)}</td>
            <td>{textOf(after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `{ field: [before, after], … }` and nothing else. */
function changesOf(detail: unknown): [field: string, change: Change][] | undefined {
  if (typeof detail !== 'object' || detail === null || Array.isArray(detail)) return undefined;
  const entries = Object.entries(detail).filter((entry): entry is [string, Change] => isChange(entry[1]));
  return entries.length > 0 && entries.length === Object.keys(detail).length ? entries : undefined;
}

const isChange = (value: unknown): value is Change => Array.isArray(value) && value.length === 2;

const textOf = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return '–';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};
