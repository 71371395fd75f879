import type { Mirror } from '../mirror';
import type { setup as zh } from '../zh-CN/setup';

export const setup: Mirror<typeof zh> = {
  title: 'First set-up',
  note: 'Connects this server to your company. Each step is tried at once; leave whenever you like and go on here.',
  sandbox: 'This is the demo company',
  sandboxHint:
    'It brings its own settings. For a real company take an empty data folder and start the server with WECOM_MODE=live in the environment.',
  step: {
    company: 'Company',
    app: 'App',
    contacts: 'Contacts sync',
    callbacks: 'Callbacks',
    trust: 'Trusted IP',
    done: 'Done',
  },
  heading: {
    company: 'Your company',
    app: 'Self-built app',
    contacts: 'Contacts sync',
    callbacks: 'Receiving events',
    trust: 'Trusted IP and ownership of the domain',
    done: 'First sync',
  },
  companyIntro:
    'This server serves one company. Once the next step has worked, the database belongs to it and cannot be moved to another.',
  corpId: 'Corp id',
  corpIdHint: 'At the bottom of My Company → Company Information in the admin console; it begins with ww.',
  connected: 'Connected',
  connectedHint: 'The database belongs to this company. Another company takes another deployment.',
  appTodo: {
    create: 'Create an app under App Management → Apps → Self-built, or take one you have.',
    range: 'Choose the whole company as its visible range.',
    allow: 'Tick it under Customers → Customer Contact → API → Apps that may call the API.',
  },
  agentId: 'AgentId',
  agentIdHint: 'The number at the top of the page of the app.',
  secret: 'Secret',
  agentSecretHint: 'View it on the page of the app; it is sent to your phone. It is not shown here again.',
  contactsIntro:
    'Contacts sync tells of people who come, leave and move. Without it a departure is found by the daily reconciliation only.',
  contactsSecretHint:
    'Under Management Tools → Contacts Sync, once API sync is switched on. It is not shown here again.',
  callbacksIntro:
    'Enter this in the admin console and save: WeCom checks the address at once. As soon as it has, the card turns green.',
  noPublicUrl: 'There is no public https address yet',
  noPublicUrlHint:
    'WeCom must reach the callback address from the internet. Set PUBLIC_URL, put a proxy in front, restart, and go on here.',
  menu: {
    agent: 'App Management → the app → Receive messages → Set API receiving',
    contacts: 'Management Tools → Contacts Sync → Set the event receiving server',
  },
  make: 'Make Token and EncodingAESKey',
  makeAgain: 'Make new ones',
  madeHint: 'Made, and not shown again. If they are not in the admin console yet, make new ones.',
  onceHint: 'Shown this once.',
  copyOf: 'Copy {{label}}',
  noKeys: 'Not made',
  waiting: 'Waiting for WeCom',
  waitingHint: 'As soon as WeCom has checked both, you can go on.',
  verified: 'Checked by WeCom',
  trustIntro:
    'WeCom takes calls from trusted addresses only. Enter them first, then check; when all is well the first sync can start.',
  verifyFile: 'Ownership file of the domain',
  verifyFileHint:
    'For a trusted domain WeCom asks for a file at its root. Enter name and content here, and this server serves it.',
  fileName: 'File name',
  fileContent: 'Content of the file',
  addFile: 'Add',
  examine: 'Check',
  startSync: 'Start the first sync',
  doneIntro:
    'WeCom is connected. The first sync reads staff, external contacts, group chats and tags; you may leave this page.',
  doneHint: 'Next: let colleagues in and give them roles under People and access.',
  seen: '{{count, number}} entries read',
  toOverview: 'To the overview',
  toDoctor: 'See the doctor',
  next: 'Next',
  later: 'Later',
  saveAndTest: 'Save and try',
  alreadySet: 'Set; leave empty to keep it',
  fromEnvironment: 'Set by {{name}} in the environment; read-only here.',
  required: 'Please fill this in.',
  outcome: { ok: 'It works', failed: 'It does not work', not_configured: 'Not complete' },
  untrusted:
    'WeCom knows this Secret, but not the address of this server yet. You may go on; the step Trusted IP is about it.',
  goOnUntrusted: 'Go on, add the trusted IP later',
};
