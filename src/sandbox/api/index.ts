import { archiveEndpoints } from './archive';
import { corpTagEndpoints } from './corp-tag';
import { directoryEndpoints } from './directory';
import type { Endpoint } from './endpoint';
import { externalContactEndpoints } from './external-contact';
import { groupChatEndpoints } from './group-chat';
import { interceptionEndpoints } from './interception';
import { messageEndpoints } from './message';
import { securityEndpoints } from './security';
import { signInEndpoints } from './sign-in';
import { transferEndpoints } from './transfer';

/** Every path below /cgi-bin/ but `gettoken`. */
export const endpoints: ReadonlyMap<string, Endpoint> = new Map(
  Object.entries({
    ...directoryEndpoints,
    ...externalContactEndpoints,
    ...corpTagEndpoints,
    ...groupChatEndpoints,
    ...transferEndpoints,
    ...messageEndpoints,
    ...signInEndpoints,
    ...archiveEndpoints,
    ...securityEndpoints,
    ...interceptionEndpoints,
  }),
);
