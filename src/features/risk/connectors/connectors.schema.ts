import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';

const someId = z.string().min(1).max(64);

export const newConnector = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/),
  public_key: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=$/)
    .openapi({ description: 'Ed25519, 32 bytes in base64' }),
});
export type NewConnector = z.output<typeof newConnector>;

export const connectorView = z
  .object({
    ...{ id: z.string(), name: z.string(), public_key: z.string(), reports: z.number() },
    ...{ created_by: z.string(), created_at: instant, disabled_at: instant.nullable() },
    last_report_at: instant.nullable(),
  })
  .openapi('DeviceConnector');
export type ConnectorView = z.input<typeof connectorView>;

export const connectorQuery = listQuery({});
export type ConnectorQuery = z.output<typeof connectorQuery>;
export const connectorPage = page(connectorView);
export const disableBody = z.strictObject({});

/** What somebody did to a conversation on their device. */
export const deviceActions = ['chat_deleted', 'messages_deleted', 'history_cleared'] as const;

export const deviceReport = z
  .strictObject({
    ...{ device: someId, userid: someId, action: z.enum(deviceActions) },
    ...{ peer: someId.optional(), chat_id: someId.optional() },
    at: z.iso.datetime({ offset: true }),
    nonce: z.string().regex(/^[\w-]{16,64}$/),
  })
  .refine(({ peer, chat_id }) => (peer === undefined) !== (chat_id === undefined), {
    message: 'peer or chat_id, one of them',
    path: ['peer'],
  });
export type DeviceReportBody = z.output<typeof deviceReport>;
export const receivedReport = z.object({ id: z.string() });
