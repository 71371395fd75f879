import { useTranslation } from 'react-i18next';
import { Facts } from '../../../components/facts';
import { Panel } from '../../../components/panel';
import { RecordLink, type RecordRow, textOf } from '../../../records';

/** What became of it. */
export function Outcome({ lead }: { lead: RecordRow }) {
  const { t } = useTranslation('leads');
  const { t: tr } = useTranslation('records');
  if (textOf(lead, 'status') !== 'converted') return null;
  const link = (of: 'customer' | 'contact') => (
    <RecordLink of={of} id={textOf(lead, `converted_${of}_id`)} name={textOf(lead, `converted_${of}_name`)} />
  );
  return (
    <Panel title={t('becameOf')}>
      <Facts
        items={[
          { label: tr('one.customer'), value: link('customer') },
          { label: tr('one.contact'), value: link('contact') },
        ]}
      />
    </Panel>
  );
}
