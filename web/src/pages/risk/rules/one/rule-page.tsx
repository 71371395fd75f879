import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { api, type Rule, useCan } from '../../../../api';
import { FaultNote } from '../../../../components/fault-note';
import { Loading } from '../../../../components/loading';
import { NoAccess } from '../../../../components/no-access';
import { PageHeader } from '../../../../components/page-header';
import { Panel } from '../../../../components/panel';
import { SeverityTag } from '../../../findings/finding-tags';
import { RuleStateTag } from '../rule-state';
import { blankRule, fieldsOf, type RuleFields } from '../rule-words';
import styles from '../rules.module.css';
import { BackScan } from './back-scan';
import { RuleForm } from './rule-form';
import { SwitchPanel } from './switch-panel';
import { Trial } from './trial';
import { useSaveRule } from './use-save-rule';
import { Versions } from './versions';

/** One rule: what it looks for, what that would find, and whether it is on. */
export function RulePage() {
  const { id = '' } = useParams();
  return id === 'new' ? <NewRule /> : <KnownRule key={id} id={id} />;
}

function NewRule() {
  const { t } = useTranslation('rules');
  const save = useSaveRule();
  if (!useCan('rules:manage')) return <NoAccess />;
  return (
    <>
      <PageHeader title={t('newRule')} />
      <RuleForm initial={blankRule} submit={t('saveDraft')} onSave={save} />
    </>
  );
}

function KnownRule({ id }: { id: string }) {
  const { t } = useTranslation('rules');
  const { data, error, refetch } = api.useQuery('get', '/rules/{id}', { params: { path: { id } } }, { staleTime: 0 });
  if (data) return <Opened rule={data} />;
  return (
    <>
      <PageHeader title={t('one')} />
      <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} /> : <Loading rows={12} />}</Panel>
    </>
  );
}

interface Taken {
  version: number;
  fields: RuleFields;
}

function Opened({ rule }: { rule: Rule }) {
  const { t } = useTranslation('rules');
  // What the form began with: a version that somebody else saves meanwhile does not take its place unasked.
  const [begun, setBegun] = useState(rule);
  const [taken, setTaken] = useState<Taken>();
  const [isChanged, setChanged] = useState(false);
  const mayManage = useCan('rules:manage');
  const begin = (from: Rule) => {
    setTaken(undefined);
    setBegun(from);
  };
  const save = useSaveRule(begun, begin);
  return (
    <>
      <PageHeader
        title={rule.name}
        note={
          <span className={styles.standing}>
            <RuleStateTag state={rule.state} />
            <SeverityTag severity={rule.severity} />
            {t('versionOf', { version: begun.version })}
          </span>
        }
      />
      <div className={styles.columns}>
        <RuleForm
          key={`${begun.version} ${taken?.version ?? ''}`}
          initial={fieldsOf(begun)}
          {...(taken ? { taken } : {})}
          submit={t('save')}
          isReadOnly={!mayManage}
          onChanged={setChanged}
          onSave={save}
          {...(rule.version > begun.version ? { onReload: () => begin(rule) } : {})}
        />
        <div className={styles.stack}>
          {mayManage && <Trial key={rule.version} rule={rule} isChanged={isChanged} />}
          <SwitchPanel rule={rule} isChanged={isChanged} />
          {mayManage && <BackScan rule={rule} />}
          <Versions
            rule={rule}
            isChanged={isChanged}
            {...(mayManage ? { onTake: (version: number, fields: RuleFields) => setTaken({ version, fields }) } : {})}
          />
        </div>
      </div>
    </>
  );
}
