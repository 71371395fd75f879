import { defineErrors } from '../../../core/errors';

export const connectorError = defineErrors('connector', {
  unknown: [401, 'No connector with this id may report'],
  bad_signature: [401, 'The signature is not that of the connector over these bytes'],
  clock_skew: [422, 'The act that is reported lies more than five minutes ahead'],
  replayed: [409, 'A report with this nonce was received'],
  bad_key: [422, 'The public key is not one of Ed25519: 32 bytes in base64, a point of the curve, not of low order'],
  name_taken: [409, 'A connector with this name is known'],
  not_found: [404, 'No connector with this id is known'],
});
