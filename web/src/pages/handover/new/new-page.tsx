import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useLocation, useSearchParams } from 'react-router';
import { api, useCan } from '../../../api';
import { renewHandovers, usePreview } from '../../../api/handovers';
import { useFaultText } from '../../../components/fault-note';
import { FormFault } from '../../../components/form-fault';
import { LeaveGuard } from '../../../components/leave-guard';
import { NoAccess } from '../../../components/no-access';
import { PageHeader } from '../../../components/page-header';
import { Panel } from '../../../components/panel';
import { findingPath, handoverPath } from '../../../lib/paths';
import { useSettled } from '../../../lib/use-settled';
import { bodyOf, type Draft, draftOf, missingOf } from './draft';
import { Extras } from './extras';
import { Givers } from './givers';
import styles from './new.module.css';
import { Preview } from './preview';
import { Rule } from './rule';
import { Takers } from './takers';
import { What } from './what';

/** Who typed goes on typing; then it is reckoned. */
const pauseMs = 500;

/** A plan is filled in on the left; on the right stands what it would do. */
export function NewPage() {
  return useCan('handovers:manage') ? <NewPlan /> : <NoAccess />;
}

export interface SectionProps {
  draft: Draft;
  change(part: Partial<Draft>): void;
}

function NewPlan() {
  const { t } = useTranslation('handoverPlans');
  const [params] = useSearchParams();
  const { state: start } = useLocation();
  const [draft, setDraft] = useState(() => draftOf(params, start ?? {}));
  const [isTouched, setTouched] = useState(false);
  const settled = useSettled(draft, pauseMs);
  const preview = usePreview(missingOf(settled) ? undefined : bodyOf(settled));
  const textOf = useFaultText();
  const create = api.useMutation('post', '/handovers', { onSuccess: renewHandovers });
  const made = create.data?.id;
  const section: SectionProps = {
    draft,
    change(part) {
      setTouched(true);
      setDraft((known) => ({ ...known, ...part }));
    },
  };
  if (made) return <Navigate to={handoverPath(made)} replace />;
  const missing = missingOf(draft);
  return (
    <>
      <PageHeader title={t('newTitle')} note={t('newNote')} />
      <div className={styles.page}>
        <Form layout="vertical" requiredMark={false} className={styles.form ?? ''}>
          {draft.finding !== undefined && (
            <p className={styles.about}>
              {t('forFinding')} <Link to={findingPath(String(draft.finding))}>{t('seeFinding')}</Link>
            </p>
          )}
          <Givers {...section} />
          <What {...section} />
          <Takers {...section} />
          <Rule {...section} />
          <Extras {...section} givers={missing ? undefined : preview.data?.from} />
        </Form>
        <div className={styles.side}>
          <Panel title={t('previewTitle')} className={styles.preview}>
            <section
              className={styles.scroller}
              aria-label={t('previewTitle')}
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard.
              tabIndex={0}
            >
              <Preview missing={missing} preview={preview} isLate={settled !== draft} />
            </section>
            <div className={styles.save}>
              <Input
                aria-label={t('name')}
                placeholder={t('namePlaceholder')}
                maxLength={120}
                value={draft.name}
                onChange={({ target }) => section.change({ name: target.value })}
              />
              <FormFault text={create.error ? textOf(create.error) : undefined} />
              <Button
                type="primary"
                block
                disabled={missing !== undefined || preview.isError}
                loading={create.isPending}
                onClick={() => create.mutate({ body: bodyOf(draft) })}
              >
                {t('save')}
              </Button>
            </div>
          </Panel>
        </div>
      </div>
      <LeaveGuard isUnsaved={isTouched} />
    </>
  );
}
