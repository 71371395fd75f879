import { CaretRightOutlined, LoadingOutlined, PauseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './voice-player.module.css';

const speeds = [1, 1.5, 2] as const;

/** Only one voice is heard at a time. */
let heard: HTMLAudioElement | undefined;

interface Props {
  url: string;
  /** As WeCom told it; the sound itself knows better once it is there. */
  seconds: number | undefined;
}

/** Plays what was spoken. Nothing is asked for, and so nothing recorded, before the reader presses play. */
export function VoicePlayer({ url, seconds = 0 }: Props) {
  const { t } = useTranslation('messages');
  const audio = useRef<HTMLAudioElement>(null);
  const [state, setState] = useState<'still' | 'waiting' | 'playing' | 'failed'>('still');
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(seconds);
  useSilence(audio);

  const toggle = () => {
    const element = audio.current;
    if (!element) return;
    if (!element.paused) {
      element.pause();
      return;
    }
    if (element.error) element.load();
    setState('waiting');
    // What goes wrong comes as an event of the element too.
    element.play().catch(() => undefined);
  };
  const seek = (to: number) => {
    if (audio.current) audio.current.currentTime = to;
    setAt(to);
  };
  const plays = state === 'playing' || state === 'waiting';
  return (
    <div className={styles.player}>
      {/* biome-ignore lint/a11y/useMediaCaption: what customers say has no captions. */}
      <audio
        ref={audio}
        src={url}
        preload="none"
        onPlaying={() => setState('playing')}
        onWaiting={() => setState('waiting')}
        onPause={() => setState('still')}
        onError={() => setState('failed')}
        onTimeUpdate={({ currentTarget }) => setAt(currentTarget.currentTime)}
        onDurationChange={({ currentTarget: { duration } }) => Number.isFinite(duration) && setLength(duration)}
        onEnded={() => seek(0)}
      />
      <div className={styles.controls}>
        <Button
          shape="circle"
          type="primary"
          icon={state === 'waiting' ? <LoadingOutlined /> : plays ? <PauseOutlined /> : <CaretRightOutlined />}
          aria-label={t(plays ? 'voice.pause' : 'voice.play')}
          onClick={toggle}
        />
        <input
          className={styles.position}
          type="range"
          min={0}
          max={Math.max(length, 0.1)}
          step={0.1}
          value={Math.min(at, length)}
          aria-label={t('voice.position')}
          aria-valuetext={`${clock(at)} / ${clock(length)}`}
          onChange={({ target }) => seek(Number(target.value))}
        />
        <span className={styles.time}>
          {clock(at)} / {clock(length)}
        </span>
        <Speed audio={audio} />
      </div>
      {state === 'failed' && (
        <div className={styles.failed} role="alert">
          {t('voice.failed')}
        </div>
      )}
    </div>
  );
}

/** A press makes it faster, and at last slow again. */
function Speed({ audio }: { audio: React.RefObject<HTMLAudioElement | null> }) {
  const { t } = useTranslation('messages');
  const [speed, setSpeed] = useState<(typeof speeds)[number]>(1);
  const next = () => {
    const faster = speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? 1;
    if (audio.current) {
      audio.current.playbackRate = faster;
      // Loaded anew, it would begin with its own.
      audio.current.defaultPlaybackRate = faster;
    }
    setSpeed(faster);
  };
  return (
    <Button className={styles.speed ?? ''} size="small" type="text" title={t('voice.speed')} onClick={next}>
      <span className={styles.hidden}>{t('voice.speed')} </span>
      {speed}×
    </Button>
  );
}

/** A voice falls silent when another begins, and when its message leaves the page. */
function useSilence(audio: React.RefObject<HTMLAudioElement | null>) {
  useEffect(() => {
    const element = audio.current;
    if (!element) return;
    const begin = () => {
      if (heard !== element) heard?.pause();
      heard = element;
    };
    element.addEventListener('play', begin);
    return () => {
      element.removeEventListener('play', begin);
      element.pause();
      if (heard === element) heard = undefined;
    };
  }, [audio]);
}

/** 0:06, 12:40. */
function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
