import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, asFault, invalidate, queryClient, type Rule } from '../../../../api';
import { rulePath } from '../../../../lib/paths';
import type { RuleFields } from '../rule-words';

/** Keeps a rule: a new one as a draft, another as its next version. Rejects with a fault. */
export function useSaveRule(rule?: Rule, onSaved?: (rule: Rule) => void): (fields: RuleFields) => Promise<void> {
  const { t } = useTranslation('rules');
  const { message } = App.useApp();
  const navigate = useNavigate();
  const create = api.useMutation('post', '/rules');
  const change = api.useMutation('put', '/rules/{id}');
  return async (body) => {
    if (!rule) {
      const { id } = await create.mutateAsync({ body });
      invalidate('/rules');
      void message.success(t('created'));
      await navigate(rulePath(id), { replace: true });
      return;
    }
    const params = { path: { id: rule.id } };
    const changed = await change
      .mutateAsync({ params, body: { ...body, version: rule.version } })
      .catch((error: unknown) => {
        // What stands there now is read, so that the reader can go on from it.
        if (asFault(error).code === 'RULE_VERSION_CONFLICT') invalidate('/rules/{id}', '/rules/{id}/versions');
        throw error;
      });
    queryClient.setQueryData(api.queryOptions('get', '/rules/{id}', { params }).queryKey, changed);
    invalidate('/rules', '/rules/{id}/versions');
    void message.success(t('changed', { version: changed.version }));
    onSaved?.(changed);
  };
}
