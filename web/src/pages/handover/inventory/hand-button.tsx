import { App, Button, Form, Modal, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, invalidate } from '../../../api';
import { useFaultText } from '../../../components/fault-note';
import { FormFault } from '../../../components/form-fault';
import { StaffField } from '../../../components/form-fields';
import { useWord } from '../../../lib/use-word';
import styles from '../handover.module.css';
import { actOf } from './subject-words';

interface Props {
  departureId: string;
  kind: string;
  ids: string[];
  /** Of a single line; otherwise all of its kind are meant. */
  one?: boolean;
}

/** Ends a thing of theirs, opens it for all again, or gives it to a colleague; asks first, as nothing brings it back. */
export function HandButton(props: Props) {
  return actOf(props.kind) === 'give' ? <Give {...props} /> : <End {...props} />;
}

function useHand({ departureId, kind, ids }: Props, told: { done(): void; failed(text: string): void }) {
  const { t } = useTranslation('handoverDesk');
  const { message } = App.useApp();
  const textOf = useFaultText();
  const hand = api.useMutation('post', '/departures/{id}/subjects/hand', {
    onSuccess({ items }) {
      invalidate('/departures/{id}/subjects', '/departures/{id}', '/departures', '/leftovers', '/leftovers/summary');
      const left = items.filter(({ outcome }) => outcome === 'left').length;
      if (left > 0) void message.warning(t('handedLeft', { count: left }));
      else void message.success(t('handed', { count: items.length }));
      told.done();
    },
    onError: (error: unknown) => told.failed(textOf(error)),
  });
  const send = (to: string | null) => hand.mutate({ params: { path: { id: departureId } }, body: { kind, ids, to } });
  return { send, isPending: hand.isPending };
}

function useVerb({ kind, ids, one }: Props): string {
  const { t } = useTranslation('handoverDesk');
  const wordOf = useWord('handoverDesk');
  const verb = wordOf(`subjectAct.${kind}`) ?? t('subjectAct.other');
  return one ? verb : t('allOf', { verb, count: ids.length });
}

function End(props: Props) {
  const { t } = useTranslation('handoverDesk');
  const { t: tc } = useTranslation();
  const { message } = App.useApp();
  const verb = useVerb(props);
  const wordOf = useWord('handoverDesk');
  const { send, isPending } = useHand(props, { done: () => {}, failed: (text) => void message.error(text) });
  return (
    <Popconfirm
      title={t('actTitle', { verb })}
      description={wordOf(`subjectConfirm.${props.kind}`)}
      okText={verb}
      cancelText={tc('cancel')}
      onConfirm={() => send(null)}
    >
      <Button size="small" loading={isPending}>
        {verb}
      </Button>
    </Popconfirm>
  );
}

function Give(props: Props) {
  const { t } = useTranslation('handoverDesk');
  const { t: tc } = useTranslation();
  const verb = useVerb(props);
  const [isOpen, setIsOpen] = useState(false);
  const [fault, setFault] = useState<string>();
  const close = () => setIsOpen(false);
  const { send, isPending } = useHand(props, { done: close, failed: setFault });
  return (
    <>
      <Button size="small" onClick={() => setIsOpen(true)}>
        {verb}
      </Button>
      <Modal open={isOpen} onCancel={close} footer={null} destroyOnHidden title={verb}>
        <Form<{ to: string }>
          name="give"
          layout="vertical"
          requiredMark={false}
          onFinish={({ to }) => {
            setFault(undefined);
            send(to);
          }}
        >
          <p className={styles.hint}>{t('giveHint')}</p>
          <Form.Item name="to" label={t('colleague')} rules={[{ required: true, message: t('colleagueNeeded') }]}>
            <StaffField />
          </Form.Item>
          <FormFault text={fault} />
          <div className={styles.buttons}>
            <Button onClick={close}>{tc('cancel')}</Button>
            <Button type="primary" htmlType="submit" loading={isPending}>
              {t('give')}
            </Button>
          </div>
        </Form>
      </Modal>
    </>
  );
}
