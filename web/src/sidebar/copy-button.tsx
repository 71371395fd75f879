import { Button, Toast } from 'antd-mobile';
import { copyText } from '../lib/copy';

/** Puts a text into the clipboard, and says so. */
export function CopyButton({ text, name, done }: { text: string; name: string; done: string }) {
  const onClick = async () => {
    await copyText(text);
    Toast.show({ content: done, duration: 1500 });
  };
  return (
    <Button block color="primary" onClick={() => void onClick()}>
      {name}
    </Button>
  );
}
