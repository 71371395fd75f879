import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listOf, type ReviewProfile } from '../../api';
import { Cut } from '../../components/cut';
import { type QueryColumn, QueryTable } from '../../components/query-table';
import { StateTag } from '../../components/state-tag';
import { TimeText } from '../../components/time-text';
import { ProfileForm } from './profile-form';
import styles from './reviews.module.css';
import { useRuleWords } from './rule-words';

const source = listOf('/archive/review-profiles');

/** Whose messages are drawn by chance, how often and how many. */
export function ProfilesTab() {
  const { t } = useTranslation('reviews');
  const [edited, setEdited] = useState<ReviewProfile | 'new'>();
  const close = () => setEdited(undefined);
  return (
    <div className={styles.stack}>
      <p className={styles.quiet}>{t('profilesHint')}</p>
      <QueryTable
        id="review-profiles"
        source={source}
        rowKey={({ id }) => id}
        columns={useColumns(setEdited)}
        extra={
          <Button type="primary" onClick={() => setEdited('new')}>
            {t('newProfile')}
          </Button>
        }
        empty={{ title: t('noProfiles'), hint: t('noProfilesHint') }}
      />
      <Modal
        open={edited !== undefined}
        onCancel={close}
        footer={null}
        destroyOnHidden
        width={600}
        title={t(edited === 'new' ? 'newProfile' : 'changeProfile')}
      >
        {edited && <ProfileForm profile={edited === 'new' ? undefined : edited} onClose={close} />}
      </Modal>
    </div>
  );
}

function useColumns(onEdit: (profile: ReviewProfile) => void): QueryColumn<ReviewProfile>[] {
  const { t } = useTranslation('reviews');
  const wordsOf = useRuleWords();
  return [
    { key: 'name', title: t('name'), width: 220, render: ({ name }) => <Cut text={name} /> },
    { key: 'period', title: t('every'), width: 90, render: ({ period }) => t(`periodOf.${period}`) },
    { key: 'rules', title: t('rules'), render: ({ rules }) => <Cut text={wordsOf(rules)} /> },
    {
      key: 'active',
      title: t('stateTitle'),
      width: 110,
      render: ({ active }) => (
        <StateTag tone={active ? 'proved' : 'neutral'}>{t(active ? 'active' : 'inactive')}</StateTag>
      ),
    },
    { key: 'updated_at', title: t('updated'), width: 140, render: ({ updated_at }) => <TimeText at={updated_at} /> },
    {
      key: 'action',
      title: t('action'),
      width: 90,
      align: 'right',
      render: (profile) => (
        <Button type="text" size="small" onClick={() => onEdit(profile)}>
          {t('change')}
        </Button>
      ),
    },
  ];
}
