import { accessCommands } from '../../src/cli/access';

test('S7 a lost device and a forgotten password are forgotten on the host, by the id of the account', () => {
  const user = accessCommands().find((command) => command.name() === 'user');
  const asked = user?.commands.map((command) => [
    command.name(),
    ...command.registeredArguments.map((argument) => argument.name()),
  ]);
  expect(asked).toEqual([
    ['create'],
    ['link', 'account-id'],
    ['reset-factor', 'account-id'],
    ['reset-password', 'account-id'],
    ['list'],
  ]);
});
