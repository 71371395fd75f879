import { parseArgs } from 'node:util';
import { createSandbox } from './sandbox';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    staff: { type: 'string' },
    'external-contacts': { type: 'string' },
    'group-chats': { type: 'string' },
    leavers: { type: 'string' },
    messages: { type: 'string' },
    seed: { type: 'string' },
    'deliver-to': { type: 'string' },
    'per-minute': { type: 'string', default: '0' },
    'latency-ms': { type: 'string', default: '0' },
  },
});

/** Left out stays left out, so that the defaults hold. */
const size = <K extends string>(name: K, text: string | undefined) => (text ? { [name]: Number(text) } : {});

async function main(): Promise<void> {
  const sandbox = createSandbox({
    ...size('staff', values.staff),
    ...size('externalContacts', values['external-contacts']),
    ...size('groupChats', values['group-chats']),
    ...size('leavers', values.leavers),
    ...size('messages', values.messages),
    ...size('seed', values.seed),
    latencyMs: Number(values['latency-ms']),
    controlApi: true,
  });
  sandbox.deliverTo(values['deliver-to']);
  const url = await sandbox.start(Number(values.port));
  sandbox.life.live({ perMinute: Number(values['per-minute']) });
  const stop = () => void sandbox.stop().then(() => process.exit(0));
  process.once('SIGTERM', stop).once('SIGINT', stop);
  process.stdout.write(`${JSON.stringify({ url, corp_id: sandbox.corpId })}\n`);
}

void main();
