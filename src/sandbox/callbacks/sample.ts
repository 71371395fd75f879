import { sandboxSettings } from '../settings';
import { eventXml } from './events';
import { renderXml, type XmlNode } from './xml';

/** What a sample speaks of. A test states only what matters to it. */
export interface SampleValues {
  corpId: string;
  agentId: number;
  /** Seconds. */
  createTime: number;
  userid: string;
  external_userid: string;
  chat_id: string;
  tag_id: string;
  link_id: string;
}

export type Sample = (values?: Partial<SampleValues>) => string;
export type Samples = Readonly<Record<string, Sample>>;

const defaults: SampleValues = {
  corpId: sandboxSettings.corpId,
  agentId: sandboxSettings.agentId,
  createTime: 1_767_225_600,
  userid: 'wangfang',
  external_userid: 'wmSample0000000000000000000000A1',
  chat_id: 'wrSample0000000000000000000000B1',
  tag_id: 'etSample0000000000000000000000C1',
  link_id: 'caSample00000001',
};

/** A sample whose sender is `sys`. */
export const system =
  (nodes: (values: SampleValues) => readonly XmlNode[]): Sample =>
  (given = {}) => {
    const values = { ...defaults, ...given };
    return eventXml(values, nodes(values));
  };

/** A sample in the name of the acting member, with the app's id behind its own nodes. */
export const byMember =
  (event: string, nodes: (values: SampleValues) => readonly XmlNode[] = () => []): Sample =>
  (given = {}) => {
    const values = { ...defaults, ...given };
    return eventXml({ ...values, from: values.userid }, [
      ['Event', event],
      ...nodes(values),
      ['AgentID', values.agentId],
    ]);
  };

/** A message a member sends to the app: no event at all. */
export const message =
  (type: string, nodes: readonly XmlNode[]): Sample =>
  (given = {}) => {
    const values = { ...defaults, ...given };
    return renderXml([
      ['ToUserName', values.corpId],
      ['FromUserName', values.userid],
      ['CreateTime', values.createTime],
      ['MsgType', type],
      ...nodes,
      ['MsgId', { bare: '7592000000000000123' }],
      ['AgentID', values.agentId],
    ]);
  };

/** A document built from scratch: the few events with an envelope of their own. */
export const bespoke =
  (nodes: (values: SampleValues) => readonly XmlNode[]): Sample =>
  (given = {}) =>
    renderXml(nodes({ ...defaults, ...given }));

/** Names every sample `<event>/<change>`. */
export const family = (event: string, samples: Record<string, Sample>): Samples =>
  Object.fromEntries(Object.entries(samples).map(([change, sample]) => [`${event}/${change}`, sample]));
