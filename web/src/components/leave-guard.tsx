import { Modal } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useBeforeUnload, useBlocker } from 'react-router';

/** Asks before the page is left while something on it is not saved; the browser asks in its own words. */
export function LeaveGuard({ isUnsaved }: { isUnsaved: boolean }) {
  const { t } = useTranslation();
  const { state, reset, proceed } = useBlocker(
    ({ currentLocation, nextLocation }) => isUnsaved && currentLocation.pathname !== nextLocation.pathname,
  );
  useBeforeUnload(useCallback((event: BeforeUnloadEvent) => isUnsaved && event.preventDefault(), [isUnsaved]));
  return (
    <Modal
      open={state === 'blocked'}
      title={t('leaveTitle')}
      okText={t('leave')}
      okButtonProps={{ danger: true }}
      cancelText={t('stay')}
      onOk={proceed}
      onCancel={reset}
    >
      {t('leaveHint')}
    </Modal>
  );
}
