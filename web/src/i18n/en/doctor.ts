import type { Mirror } from '../mirror';
import type { doctor as zh } from '../zh-CN/doctor';

export const doctor: Mirror<typeof zh> = {
  title: 'Doctor',
  checkedAt: 'Checked',
  again: 'Check again',
  looking: 'Checking one thing after the other; it takes a few seconds.',
  level: { ok: 'Fine', warn: 'Attention', fail: 'Failed', skipped: 'Not checked' },
  count: {
    fail: '{{count}} failed',
    warn: '{{count}} need attention',
    ok: '{{count}} fine',
    skipped: '{{count}} not checked',
  },
  area: {
    settings: 'Company',
    wecom: 'WeCom API',
    callbacks: 'Callbacks',
    archive: 'Conversation archive',
    server: 'Server',
  },
  egress: {
    title: 'Addresses this server calls from',
    hint: 'Enter them under App Management → the app → Trusted company IP (企业可信IP), separated by semicolons; contacts sync and the archive have lists of their own.',
    none: 'Not known yet. When WeCom refuses a call it names the address it saw; you can also write it down:',
    write: 'enter EGRESS_ADDRESSES in the settings',
    copyAll: 'Copy all',
    source: { settings: 'Written down by an administrator', wecom: 'Seen by WeCom, last' },
  },
};
