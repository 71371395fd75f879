import { App, Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, asFault, invalidate, queryClient, type Rule, useCan } from '../../../../api';
import { useFaultText } from '../../../../components/fault-note';
import { FormFault } from '../../../../components/form-fault';
import { Panel } from '../../../../components/panel';
import { isWaiting } from '../rule-state';
import styles from '../rules.module.css';
import { useTrial } from './use-trial';

/** How the rule stands, and the way to another standing: on only after a dry run of that very version. */
export function SwitchPanel({ rule, isChanged }: { rule: Rule; isChanged: boolean }) {
  const { t } = useTranslation('rules');
  const mayManage = useCan('rules:manage');
  const { state, version, live_version: live } = rule;
  return (
    <Panel title={t('switch')}>
      <p>{t(`standingOf.${state}`, { live: live ?? version })}</p>
      {isWaiting(rule) && <p>{t('waits', { version, live: live ?? 0 })}</p>}
      {mayManage && <Switches rule={rule} isChanged={isChanged} />}
    </Panel>
  );
}

function Switches({ rule, isChanged }: { rule: Rule; isChanged: boolean }) {
  const { t } = useTranslation('rules');
  const { id, state, version, live_version: live } = rule;
  const { last } = useTrial(rule);
  const textOf = useFaultText();
  const turn = useTurn(rule);
  const to = (next: 'on' | 'off') => turn.mutate({ params: { path: { id } }, body: { state: next, version } });
  const isNew = live !== version;
  const isTried = last?.state === 'succeeded';
  // Once it was tried, the refusal is of the past.
  const isAnswered = isTried && turn.error !== null && asFault(turn.error).code === 'RULE_DRY_RUN_NEEDED';
  return (
    <>
      {isNew && !isTried && <p className={styles.quiet}>{t('tryFirst')}</p>}
      {isChanged && <p className={styles.quiet}>{t('unsaved')}</p>}
      <FormFault text={turn.error && !isAnswered ? textOf(turn.error) : undefined} />
      <div className={styles.buttons}>
        {(state !== 'on' || isNew) && (
          <Button
            type={isTried ? 'primary' : 'default'}
            disabled={isChanged}
            loading={turn.isPending}
            onClick={() => to('on')}
          >
            {isNew ? t('turnOn', { version }) : t('turnOnAgain')}
          </Button>
        )}
        {state === 'on' && (
          <Popconfirm title={t('turnOff')} description={t('turnOffHint')} onConfirm={() => to('off')}>
            <Button danger>{t('turnOff')}</Button>
          </Popconfirm>
        )}
      </div>
    </>
  );
}

function useTurn({ id }: Rule) {
  const { t } = useTranslation('rules');
  const { message } = App.useApp();
  return api.useMutation('post', '/rules/{id}/state', {
    onSuccess(rule) {
      queryClient.setQueryData(api.queryOptions('get', '/rules/{id}', { params: { path: { id } } }).queryKey, rule);
      invalidate('/rules', '/rules/{id}/versions');
      void message.success(rule.state === 'on' ? t('turnedOn', { version: rule.version }) : t('turnedOff'));
    },
    onError(error) {
      if (asFault(error).code === 'RULE_VERSION_CONFLICT') invalidate('/rules/{id}');
    },
  });
}
