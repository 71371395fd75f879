import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, listOf, type ReviewSample } from '../../api';
import { CopyButton } from '../../components/copy-button';
import { Facts } from '../../components/facts';
import { type QueryColumn, QueryTable } from '../../components/query-table';
import { StateTag } from '../../components/state-tag';
import { TimeText } from '../../components/time-text';
import { dayOf } from '../../lib/time';
import styles from './reviews.module.css';
import { useRuleWords } from './rule-words';

const source = listOf('/archive/review-samples');

/** What was drawn, and the proof that nobody chose: the seed is fixed by its hash before the period is over. */
export function SamplesTab() {
  const { t } = useTranslation('reviews');
  const profileOf = useProfileName();
  return (
    <div className={styles.stack}>
      <p className={styles.quiet}>{t('samplesHint')}</p>
      <QueryTable
        id="review-samples"
        source={source}
        rowKey={({ id }) => id}
        columns={useColumns()}
        drawer={{
          width: 600,
          title: (_, row) => row && profileOf(row.profile_id),
          content: (_, row) => row && <SampleFacts sample={row} />,
        }}
        empty={{ title: t('noSamples'), hint: t('noSamplesHint') }}
      />
    </div>
  );
}

function useProfileName(): (id: string) => string {
  const { data } = api.useQuery('get', '/archive/review-profiles', {}, { staleTime: 60_000 });
  return (id) => data?.items.find((profile) => profile.id === id)?.name ?? id;
}

function useColumns(): QueryColumn<ReviewSample>[] {
  const { t } = useTranslation('reviews');
  const profileOf = useProfileName();
  return [
    { key: 'profile', title: t('profile'), width: 220, render: ({ profile_id }) => profileOf(profile_id) },
    { key: 'period', title: t('period'), width: 220, render: (sample) => <Period sample={sample} /> },
    {
      key: 'state',
      title: t('stateTitle'),
      width: 150,
      render: ({ drawn_at }) => (
        <StateTag tone={drawn_at ? 'proved' : 'active'}>{t(drawn_at ? 'drawn' : 'committed')}</StateTag>
      ),
    },
    {
      key: 'count',
      title: t('drawnOf'),
      width: 150,
      align: 'right',
      render: ({ drawn, population }) =>
        drawn === null || population === null ? '–' : `${drawn.toLocaleString()} / ${population.toLocaleString()}`,
    },
    {
      key: 'seed_hash',
      title: t('seedHash'),
      render: ({ seed_hash }) => <code title={seed_hash}>{seed_hash.slice(0, 16)}…</code>,
    },
    { key: 'drawn_at', title: t('drawnAt'), width: 140, render: ({ drawn_at }) => <TimeText at={drawn_at} /> },
  ];
}

/** The end is not included: the last day is the one before. */
const Period = ({ sample: { starts_at, ends_at } }: { sample: ReviewSample }) => (
  <>
    {dayOf(starts_at)} – {dayOf(new Date(Date.parse(ends_at) - 1).toISOString())}
  </>
);

function SampleFacts({ sample }: { sample: ReviewSample }) {
  const { t } = useTranslation('reviews');
  const wordsOf = useRuleWords();
  const { seed_hash, seed, committed_at, drawn_at, population, drawn, through_id, rules, profile_id } = sample;
  const code = (text: string) => (
    <>
      <code>{text}</code> <CopyButton text={text} />
    </>
  );
  return (
    <div className={styles.stack}>
      <Facts
        items={[
          { label: t('period'), value: <Period sample={sample} /> },
          { label: t('rules'), value: wordsOf(rules) },
          { label: t('seedHash'), value: code(seed_hash) },
          { label: t('committedAt'), value: <TimeText at={committed_at} /> },
          { label: t('seed'), value: seed ? code(seed) : t('seedLater') },
          { label: t('drawnAt'), value: <TimeText at={drawn_at} /> },
          { label: t('population'), value: population?.toLocaleString() },
          { label: t('drawnCount'), value: drawn?.toLocaleString() },
          { label: t('through'), value: through_id },
        ]}
      />
      <p className={styles.quiet}>{t('seedHint')}</p>
      {drawn_at && <Link to={`/reviews?queue=sample&profile_id=${profile_id}`}>{t('seeItems')}</Link>}
    </div>
  );
}
