import { SearchOutlined } from '@ant-design/icons';
import { Input, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useHotkeys } from 'react-hotkeys-hook';
import styles from './query-table.module.css';

const pauseMs = 300;

interface Props {
  value: string;
  placeholder: string;
  /** Searches only by Enter: what is looked for is written down. */
  onEnter?: boolean | undefined;
  onSearch(text: string): void;
}

/** Searches when the reader pauses; `/` puts the cursor here. */
export function SearchBox({ value, placeholder, onEnter = false, onSearch }: Props) {
  const [text, setText] = useState(value);
  const input = useRef<InputRef>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sent = useRef(value);
  useEffect(() => () => clearTimeout(timer.current), []);
  // The address changed by another way (a chip, "back"): show what it says, unless it is our own echo.
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
  }, [value]);
  useHotkeys('/', () => input.current?.focus({ cursor: 'all' }), { preventDefault: true, useKey: true });

  const search = (next: string) => {
    clearTimeout(timer.current);
    sent.current = next.trim();
    if (sent.current !== value) onSearch(sent.current);
  };
  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    if (!onEnter || next === '') timer.current = setTimeout(() => search(next), pauseMs);
  };
  return (
    <Input
      ref={input}
      className={(onEnter ? styles.wideSearch : styles.search) ?? ''}
      prefix={<SearchOutlined aria-hidden />}
      allowClear
      value={text}
      maxLength={onEnter ? 500 : 64}
      placeholder={placeholder}
      aria-label={placeholder}
      onChange={(event) => type(event.target.value)}
      onPressEnter={() => search(text)}
      onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
    />
  );
}
