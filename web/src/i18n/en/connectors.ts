import type { Mirror } from '../mirror';
import type { connectors as zh } from '../zh-CN/connectors';

export const connectors: Mirror<typeof zh> = {
  title: 'Device connectors',
  note: 'Programs on devices that report what was deleted there; every report is signed',
  register: 'Register a connector',
  registerHint:
    'The private key stays with the program; only the public one is registered. Both acts are in the audit trail.',
  didRegister: '{{name}} is registered and may report',
  name: 'Name',
  nameHint: 'Small letters, digits and hyphens, at most 32',
  publicKey: 'Public key',
  keyHint: 'The 32 bytes of an Ed25519 public key in base64: 44 characters.',
  keyWrong: 'This is no Ed25519 public key: 44 characters of base64 are needed',
  state: 'State',
  active: 'Active',
  disabled: 'Disabled',
  id: 'Id',
  copyId: 'Copy the id',
  reports: 'Reports',
  lastReport: 'Last report',
  never: 'Never',
  created: 'Registered',
  act: 'Act',
  disable: 'Disable',
  disableTitle: 'Disable {{name}}?',
  disableHint: 'Its reports are accepted no more, and that cannot be undone. What it reported stays.',
  didDisable: '{{name}} is disabled',
  empty: 'No connectors yet',
  emptyHint:
    'A program may report once its public key is registered. Without one, spot checks find what was deleted on a device.',
  example: 'How to connect',
  copyExample: 'Copy the example',
  makeKeys: 'Make the keys, and print the public key to be registered',
  sendReport: 'Send a signed report',
  ruleOf: {
    bytes: 'The signature is over every byte of the body: change nothing after it was signed.',
    clock: 'The time of the device may be five minutes off.',
    nonce: 'Each report has a new nonce (16 to 64 characters); a second one is refused.',
    whom: 'peer is the id of the other side, chat_id that of a group: give one of them.',
    actions: 'action is chat_deleted, messages_deleted or history_cleared.',
  },
};
