import { readPipSettings } from '../../../shared/scoring/installing/pipSettings';

test('of the settings of pip, those of the environment go over those for installing, and these over others', () => {
  const printed = [
    "global.index-url='https://global.example.com/simple'",
    "global.find-links='\\n/one\\n/two'",
    "install.index-url='https://install.example.com/simple'",
    ":env:.index-url='https://env.example.com/simple'",
    ':env:.cert="/etc/it\'s/cert.pem"',
    'no setting at all',
  ];
  expect(Object.fromEntries(readPipSettings(printed.join('\n')))).toEqual({
    'index-url': 'https://env.example.com/simple',
    'find-links': '/one /two',
    cert: "/etc/it's/cert.pem",
  });
});
