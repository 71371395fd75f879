import type { MessageView } from '../conversations';
import { mediaPath } from './media';
import type { Thread } from './selection.report';

/** Who took it away, when and under which id: stands on every page (S18). */
export interface Watermark {
  name: string;
  at: string;
  exportId: string;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text of others is hostile: nothing of it may become markup (S19). */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (one) => entities[one] as string);

const style = `body{font:15px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#1f2329}
.mark{position:sticky;top:0;background:#fff;border-bottom:1px solid #dee0e3;color:#8f959e;font-size:12px;padding:6px 0}
article{margin:14px 0}header{font-size:12px;color:#646a73}p{margin:2px 0;white-space:pre-wrap;overflow-wrap:anywhere}
del{color:#8f959e}.note{font-size:12px;color:#b45309}bdi{unicode-bidi:isolate}`;

const shanghai = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
});

const titleOf = ({ kind, userid, external_userid, peer_userid, chat_id }: Thread): string =>
  kind === 'group' ? `Group ${chat_id}` : [userid, external_userid ?? peer_userid].filter(Boolean).join(' – ');

export function transcriptHead(thread: Thread, { name, at, exportId }: Watermark): string {
  const title = escaped(titleOf(thread));
  const mark = escaped(`${name} · ${at} · ${exportId}`);
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'"><title>${title}</title><style>${style}</style></head><body><div class="mark">${mark}</div><h1><bdi>${title}</bdi></h1>\n`;
}

export function transcriptMessage(view: MessageView): string {
  const at = `<time datetime="${view.sent_at}">${shanghai.format(new Date(view.sent_at))} +08:00 · ${view.sent_at}</time>`;
  const who = `<bdi>${escaped(view.from_name ?? '')}</bdi> ${escaped(view.from ?? '')}`;
  const text = `<p><bdi>${escaped(textOf(view))}</bdi></p>`;
  const recalled = view.recalled_by;
  const body = recalled
    ? `<del>${text}</del><p class="note">recalled by ${escaped(recalled.from)} at ${recalled.sent_at}</p>`
    : text;
  const files = view.media.map(fileOf).join('');
  return `<article id="m${view.id}"><header>${who} · ${at} · ${escaped(view.type)} · ${view.id}</header>${body}${files}</article>\n`;
}

const textOf = ({ state, text }: MessageView): string => (state === 'purged' ? '[purged]' : text);

function fileOf(media: MessageView['media'][number]): string {
  const name = escaped(media.name ?? media.sha256 ?? '');
  const path = mediaPath(media);
  if (!path) return `<p class="note">${name} (${escaped(media.state)})</p>`;
  return `<p><a href="../${path}" download>${name}</a></p>`;
}

export const transcriptFoot = ({ name, at, exportId }: Watermark): string =>
  `<footer class="mark">${escaped(`${name} · ${at} · ${exportId}`)}</footer></body></html>\n`;
