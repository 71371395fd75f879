import { App, Button, Select, Space, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, noteRun, type Run, useCan } from '../../api';
import { useFaultText } from '../../components/fault-note';
import { type Scope, syncScopes, useRunName } from '../../components/run-words';

/** Starts a sync of the chosen scope, or a reconciliation; for those who may. */
export function StartButtons() {
  const { t } = useTranslation('sync');
  const { t: ts } = useTranslation('states');
  const [scope, setScope] = useState<Scope>('all');
  const told = useStarted();
  const sync = api.useMutation('post', '/sync-runs', told);
  const reconciliation = api.useMutation('post', '/reconciliation-runs', told);
  const mayCompare = useCan('reconciliation:start');
  const maySync = useCan('sync:start');
  return (
    <>
      {mayCompare && (
        <Tooltip title={t('reconciliationHint')}>
          <Button loading={reconciliation.isPending} onClick={() => reconciliation.mutate({ body: {} })}>
            {t('startReconciliation')}
          </Button>
        </Tooltip>
      )}
      {maySync && (
        <Space.Compact>
          <Select<Scope>
            value={scope}
            onChange={setScope}
            aria-label={t('scope')}
            popupMatchSelectWidth={false}
            style={{ width: 150 }}
            options={syncScopes.map((value) => ({ value, label: ts(`scope.${value}`) }))}
          />
          <Tooltip title={t('syncHint')}>
            <Button type="primary" loading={sync.isPending} onClick={() => sync.mutate({ body: { scope } })}>
              {t('startSync')}
            </Button>
          </Tooltip>
        </Space.Compact>
      )}
    </>
  );
}

/** What happens after a start: the run shows at once, a refusal says why. */
function useStarted() {
  const { t } = useTranslation('sync');
  const { message } = App.useApp();
  const textOf = useFaultText();
  const nameOf = useRunName();
  return {
    onSuccess(run: Run) {
      noteRun(run);
      void message.success(t('started', { name: nameOf(run) }));
    },
    onError: (error: unknown) => void message.error(textOf(error)),
  };
}
