import { z } from 'zod';
import { awaits, family, on, plain, unused } from './define';

const acting = { FromUserName: z.string().min(1) };

/** Events of the self-built app itself (path/90240). */
export const application = [
  family('subscribe', { '': on(acting, (m, { staff }) => staff.onChanged(m.FromUserName, [])) }),
  // A hint of departure for companies without a contacts callback; also fires when the visible range is edited.
  family('unsubscribe', { '': on(acting, (m, { staff }) => staff.onOutOfSight(m.FromUserName, m.at)) }),
  ...plain(['template_card_event', 'template_card_menu_event', 'taskcard_click'], awaits('notifications')),
  ...plain(
    [
      'inactive_alert',
      'close_inactive_agent',
      'reopen_inactive_agent',
      'low_active_alert',
      'low_active',
      'active_restored',
    ],
    awaits('notifications'),
  ),
  ...plain(['batch_job_result', 'upload_media_job_finish'], awaits('outreach')),
  family('security', { change_domain_ip: awaits('notifications') }),
  ...plain(
    [
      'enter_agent',
      'location',
      'click',
      'view',
      'view_miniprogram',
      'scancode_push',
      'scancode_waitmsg',
      'pic_sysphoto',
      'pic_photo_or_album',
      'pic_weixin',
      'location_select',
      'switch_workbench_mode',
      'share_agent_change',
      'share_chain_change',
      'submit_vip_account_approval',
      'finish_vip_account_approval',
    ],
    unused('the app offers nothing that this event could concern'),
  ),
  // What staff write to the app: `message` stands for every MsgType but event.
  family('message', { '*': unused('the app does not read messages') }),
];
