import { ExclamationCircleOutlined } from '@ant-design/icons';
import styles from './form-fault.module.css';

/** What the server says of a whole form, above its buttons; nothing while there is nothing to say. */
export function FormFault({ text }: { text: string | undefined }) {
  if (!text) return null;
  return (
    <p role="alert" className={styles.fault}>
      <ExclamationCircleOutlined aria-hidden /> {text}
    </p>
  );
}
