import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type Difference, invalidate, useCan } from '../../api';
import { useFaultText } from '../../components/fault-note';

/** Says that what is held back is really lost: only then each of them is looked for again, and found missing. */
export function AcceptLoss({ difference: { id, kind, state } }: { difference: Difference }) {
  const { t } = useTranslation('sync');
  const { message } = App.useApp();
  const textOf = useFaultText();
  const mayAccept = useCan('reconciliation:start');
  const accept = api.useMutation('post', '/differences/{id}/accept', {
    onSuccess: () => {
      void message.success(t('acceptedDone'));
      invalidate('/differences', '/reconciliation-runs/{id}/differences');
    },
    onError: (error) => void message.error(textOf(error)),
  });
  if (!mayAccept || kind !== 'relations_shrank' || state !== 'held') return null;
  return (
    <section>
      <p>{t('acceptHint')}</p>
      <Button loading={accept.isPending} onClick={() => accept.mutate({ params: { path: { id: String(id) } } })}>
        {t('accept')}
      </Button>
    </section>
  );
}
