import { seconds, toUnix } from '../../core/clock';
import { eventXml } from '../callbacks/events';
import type { SandboxClock } from '../clock';
import type { OutgoingEvent } from '../company';

/** WeCom says at most this often that something was said (wecom-archive §6). */
const pause = seconds(15);
const archiveAgent = 2_000_004;

interface NotifierDeps {
  corpId: string;
  clock: SandboxClock;
  send(event: OutgoingEvent): boolean;
}

export type Notifier = ReturnType<typeof createNotifier>;

/** Tells the archive's receiver that there is something to pull; what comes within the pause is told at its end. */
export function createNotifier({ corpId, clock, send }: NotifierDeps) {
  let toldAt = Number.NEGATIVE_INFINITY;
  let waiting = false;
  let timer: NodeJS.Timeout | undefined;

  function tell(): void {
    waiting = false;
    toldAt = clock.now().getTime();
    const xml = eventXml({ corpId, createTime: toUnix(clock.now()) }, [
      ['AgentID', archiveAgent],
      ['Event', 'msgaudit_notify'],
    ]);
    send({ receiver: 'archive', event: 'msgaudit_notify', xml, onLost: () => undefined });
  }

  /** Tells what has waited long enough. */
  function flush(): void {
    if (waiting && clock.now().getTime() - toldAt >= pause) tell();
  }

  clock.onAdvance(flush);
  return {
    somethingWasSaid(): void {
      waiting = true;
      flush();
      if (!waiting) return;
      // Where the clock runs by itself nobody may come by to advance it.
      clearTimeout(timer);
      timer = setTimeout(flush, toldAt + pause - clock.now().getTime()).unref();
    },
    stop: (): void => clearTimeout(timer),
  };
}
