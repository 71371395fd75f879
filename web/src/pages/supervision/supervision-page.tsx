import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { PageHeader } from '../../components/page-header';
import { ConsentTab } from './consent-tab';
import { CoverageTab } from './coverage-tab';
import { UnseenTab } from './unseen-tab';

const contents = { coverage: CoverageTab, unseen: UnseenTab, consent: ConsentTab };
type Tab = keyof typeof contents;
const order = ['coverage', 'unseen', 'consent'] as const satisfies readonly Tab[];

/** Who is supervised and how much, what the archive cannot see, and who agreed to it (A14, A20). */
export function SupervisionPage() {
  const { t } = useTranslation('supervision');
  const [params, setParams] = useSearchParams();
  const tab = order.find((key) => key === params.get('tab')) ?? 'coverage';
  const Content = contents[tab];
  return (
    <>
      <PageHeader title={t('title')} note={t('note')} />
      <Tabs
        activeKey={tab}
        onChange={(next) => setParams({ tab: next })}
        items={order.map((key) => ({ key, label: t(`tab.${key}`) }))}
      />
      <Content />
    </>
  );
}
