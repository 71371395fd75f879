import { Button, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';

const parameter = 'new';

/** The form of a new thing is open while the address says so: a link opens it, and the conditions of the list stay. */
function useNewForm() {
  const [params, setParams] = useSearchParams();
  const change = (isOpen: boolean) =>
    setParams(
      (known) => {
        if (isOpen) known.set(parameter, '1');
        else known.delete(parameter);
        return known;
      },
      { replace: !isOpen },
    );
  return { isOpen: params.has(parameter), change };
}

export function NewButton({ children }: { children: ReactNode }) {
  const { change } = useNewForm();
  return (
    <Button type="primary" onClick={() => change(true)}>
      {children}
    </Button>
  );
}

interface Props {
  title: string;
  children(close: () => void): ReactNode;
}

export function NewDialog({ title, children }: Props) {
  const { isOpen, change } = useNewForm();
  const close = () => change(false);
  return (
    <Modal open={isOpen} onCancel={close} footer={null} destroyOnHidden title={title}>
      {children(close)}
    </Modal>
  );
}
