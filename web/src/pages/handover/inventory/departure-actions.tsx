import { App, Button, Modal, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, invalidate, useCan } from '../../../api';
import { type Departure, noteDeparture } from '../../../api/departures';
import { useFaultText } from '../../../components/fault-note';
import { LinkButton } from '../link-button';
import { newHandover } from '../start';
import { ChangeForm } from './change-form';

/** What can be done with a departure as a whole. */
export function DepartureActions({ departure }: { departure: Departure }) {
  const { t } = useTranslation('handoverDesk');
  const may = useCan('handovers:manage');
  const { userid, state } = departure;
  const isOpen = state === 'planned' || state === 'left';
  return (
    <>
      <Link to={`/handover/plans?userid=${encodeURIComponent(userid)}`}>{t('plansOf')}</Link>
      {may && state === 'planned' && <CallOff id={departure.id} />}
      {may && isOpen && <Change departure={departure} />}
      {may && isOpen && (
        <LinkButton {...newHandover({ from: userid })} type="primary">
          {t('plan')}
        </LinkButton>
      )}
    </>
  );
}

function Change({ departure }: { departure: Departure }) {
  const { t } = useTranslation('handoverDesk');
  const [isOpen, setIsOpen] = useState(false);
  const close = () => setIsOpen(false);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>{t('change')}</Button>
      <Modal open={isOpen} onCancel={close} footer={null} destroyOnHidden title={t('changeTitle')}>
        <ChangeForm departure={departure} onClose={close} />
      </Modal>
    </>
  );
}

function CallOff({ id }: { id: string }) {
  const { t } = useTranslation('handoverDesk');
  const { t: tc } = useTranslation();
  const { message } = App.useApp();
  const textOf = useFaultText();
  const callOff = api.useMutation('post', '/departures/{id}/call-off', {
    onSuccess(departure) {
      noteDeparture(departure);
      invalidate('/departures');
      void message.success(t('didCallOff'));
    },
    onError: (error: unknown) => void message.error(textOf(error)),
  });
  return (
    <Popconfirm
      title={t('callOffTitle')}
      description={t('callOffHint')}
      okText={t('callOff')}
      cancelText={tc('cancel')}
      onConfirm={() => callOff.mutate({ params: { path: { id } } })}
    >
      <Button loading={callOff.isPending}>{t('callOff')}</Button>
    </Popconfirm>
  );
}
