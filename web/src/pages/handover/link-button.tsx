import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useHref, useLinkClickHandler } from 'react-router';

interface Props {
  to: string;
  state?: unknown;
  type?: 'primary' | 'default';
  size?: 'small' | 'middle';
  children: ReactNode;
}

/** A link that looks like a button. In a table the row has its own click. */
export function LinkButton({ to, state, type = 'default', size = 'middle', children }: Props) {
  const href = useHref(to);
  const go = useLinkClickHandler<HTMLElement>(to, { state });
  return (
    <Button
      href={href}
      type={type}
      size={size}
      onClick={(event) => {
        event.stopPropagation();
        go(event as Parameters<typeof go>[0]);
      }}
    >
      {children}
    </Button>
  );
}
