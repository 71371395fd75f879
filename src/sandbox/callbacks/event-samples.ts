import type { Samples } from './sample';
import { appSamples } from './samples-app';
import { archiveSamples } from './samples-archive';
import { contactSamples } from './samples-contact';
import { otherSamples } from './samples-other';

/**
 * One builder for every kind of callback that can reach the three receivers, as `<event>`, `<event>/<ChangeType>` or
 * `message/<MsgType>`; a `#variant` is another shape of the same kind.
 */
export const eventSamples: Samples = { ...contactSamples, ...archiveSamples, ...appSamples, ...otherSamples };
