import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../../api';
import { Tile } from '../../../components/tile';
import styles from '../handover.module.css';

const most = 50;

/** Customers who refused the successor or deleted them soon after: what watching the handover found. */
export function Leaks({ userid }: { userid: string }) {
  const { t } = useTranslation('handoverDesk');
  const asked = { detector: 'DEPARTURE_LEAK', userid, limit: most } as const;
  const { data } = api.useQuery('get', '/findings', { params: { query: asked } });
  return (
    <Tile
      label={t('leaks')}
      value={data ? <Found count={data.items.length} userid={userid} /> : '…'}
      note={t('leaksHint')}
    />
  );
}

function Found({ count, userid }: { count: number; userid: string }) {
  const { t } = useTranslation('handoverDesk');
  if (count === 0) return t('leaksNone');
  return (
    <Link className={styles.lost} to={`/findings?${new URLSearchParams({ detector: 'DEPARTURE_LEAK', userid })}`}>
      {t('leaksCount', { n: count === most ? `${most}+` : count })}
    </Link>
  );
}
