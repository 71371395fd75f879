import type { Mirror } from '../mirror';
import type { common as zh } from '../zh-CN/common';

export const common: Mirror<typeof zh> = {
  product: 'SCRM',
  retry: 'Retry',
  cancel: 'Cancel',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  yesterday: 'yesterday {{time}}',
  never: 'never',
  none: 'none',
  unknown: 'unknown',
  trace: 'trace {{id}}',
  listSeparator: ', ',
  wechat: 'WeChat user',
  wecom: 'WeCom user',
  notFound: 'There is no such page',
  notFoundHint: 'The address may have changed, or you may not see it.',
  backHome: 'Back to the overview',
  crashed: 'This page failed',
  crashedHint: 'The other pages still work. Opening this one again usually helps.',
  reload: 'Open again',
  newVersion: 'The system was updated',
  newVersionHint: 'This page belongs to the old version. Opening it again brings the new one.',
  viewJson: 'Raw data',
  historyEmpty: 'Nothing is recorded yet.',
};
