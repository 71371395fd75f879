import {
  AudioOutlined,
  ClockCircleOutlined,
  DownloadOutlined,
  FileOutlined,
  PictureOutlined,
  QrcodeOutlined,
  VideoCameraOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import { Image } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ArchivedMedia } from '../../api';
import { textOf } from '../../lib/detail';
import { sizeText } from '../../lib/size';
import { CopyButton } from '../copy-button';
import { Cut } from '../cut';
import { type MessageContent, mediaOf } from './content';
import styles from './message.module.css';
import { VoicePlayer } from './voice-player';

/** A file in its place: shown or played where the browser can, else named, with its state and a way to download it. */
export function MediaBody({ content }: { content: MessageContent }) {
  const file = mediaOf(content);
  if (!file?.url || file.state !== 'stored') return <FileLine content={content} file={file} />;
  const mime = file.type ?? '';
  if (mime.startsWith('image/') && mime !== 'image/svg+xml') return <Picture content={content} file={file} />;
  if (mime.startsWith('video/')) return <Video content={content} file={file} />;
  return (
    <div className={styles.stack}>
      <Sound content={content} file={file} />
      <FileLine content={content} file={file} />
    </div>
  );
}

interface FileProps {
  content: MessageContent;
  file: ArchivedMedia;
}

/** Asked for to be shown in the page; without it the server hands it over as a download. */
const inline = (url: string): string => `${url}${url.includes('?') ? '&' : '?'}inline=1`;

function Picture({ content, file }: FileProps) {
  const { t } = useTranslation('messages');
  const { url, thumbnail_url } = file;
  return (
    <div className={styles.stack}>
      <Image
        className={styles.picture ?? ''}
        src={thumbnail_url ?? inline(url ?? '')}
        alt={file.name ?? t(content.type === 'emotion' ? 'kind.emotion' : 'kind.image')}
        preview={{ src: inline(url ?? ''), cover: t('view') }}
      />
      {file.qr.map((text) => (
        <Code key={text} text={text} />
      ))}
    </div>
  );
}

/** What a QR code in a picture says: a text that can be copied, and never a link. */
function Code({ text }: { text: string }) {
  const { t } = useTranslation('messages');
  return (
    <div className={styles.code}>
      <QrcodeOutlined className={styles.codeIcon ?? ''} title={t('qr')} aria-label={t('qr')} />
      <span className={styles.address} dir="auto">
        {text}
      </span>
      <CopyButton text={text} label={t('copyQr')} />
    </div>
  );
}

function Video({ content, file }: FileProps) {
  return (
    <div className={styles.stack}>
      {/* biome-ignore lint/a11y/useMediaCaption: what customers send has no captions. */}
      <video className={styles.video} src={inline(file.url ?? '')} controls preload="none" />
      <FileLine content={content} file={file} />
    </div>
  );
}

/** Phones record AMR, which no browser plays: the server makes WAV of it. */
function Sound({ content: { body }, file }: FileProps) {
  const url = file.audio_url ?? (file.type?.startsWith('audio/') && file.url ? inline(file.url) : undefined);
  return url ? <VoicePlayer url={url} seconds={typeof body.seconds === 'number' ? body.seconds : undefined} /> : null;
}

const icons: Readonly<Record<string, ReactNode>> = {
  image: <PictureOutlined />,
  emotion: <PictureOutlined />,
  voice: <AudioOutlined />,
  meeting_voice_call: <AudioOutlined />,
  video: <VideoCameraOutlined />,
};

/** Kind or name, size and length, and where the file is. */
function FileLine({ content, file }: { content: MessageContent; file: ArchivedMedia | undefined }) {
  const { t } = useTranslation('messages');
  const { type, body } = content;
  const name = file?.name || textOf(body.name) || nameOf(type, t);
  const bytes = file?.size ?? Number(body.size ?? 0);
  const facts = [
    bytes > 0 ? sizeText(bytes) : '',
    typeof body.seconds === 'number' ? t('seconds', { count: body.seconds }) : '',
  ].filter(Boolean);
  return (
    <div className={styles.file}>
      <span className={styles.fileIcon} aria-hidden>
        {icons[type] ?? <FileOutlined />}
      </span>
      <span className={styles.fileWords}>
        <Cut text={name} />
        <span className={styles.quiet}>{facts.join(' · ')}</span>
        {file && file.state !== 'stored' && <FileState file={file} />}
      </span>
      {file?.state === 'stored' && file.url && (
        <a className={styles.download} href={file.url} download aria-label={`${t('download')}: ${name}`}>
          <DownloadOutlined />
        </a>
      )}
    </div>
  );
}

function nameOf(type: string, t: (key: 'kind.image' | 'unnamedFile') => string): string {
  return type === 'file' || type === 'voip_doc_share' ? t('unnamedFile') : t(`kind.${type}` as 'kind.image');
}

function FileState({ file: { state, fault } }: { file: ArchivedMedia }) {
  const { t } = useTranslation('messages');
  if (state === 'stored') return null;
  return (
    <span className={state === 'pending' ? styles.quiet : styles.lost} title={fault ?? undefined}>
      {state === 'pending' ? <ClockCircleOutlined aria-hidden /> : <WarningOutlined aria-hidden />}{' '}
      {t(`media.${state}`)}
    </span>
  );
}
